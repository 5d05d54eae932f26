package dev.whence.query.incident;

/** The states of an incident that one can ask for. */
enum IncidentStatus {

	OPEN, INVESTIGATING, RESOLVED, CLOSED

}
