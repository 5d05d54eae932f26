package dev.whence.e2e.fire;

/** What can be killed. */
enum Target {

	INGEST, GATEWAY, POSTGRESQL, KAFKA, REDIS

}
