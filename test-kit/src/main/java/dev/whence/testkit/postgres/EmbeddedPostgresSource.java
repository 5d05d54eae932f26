package dev.whence.testkit.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** Runs PostgreSQL from the binaries in a Maven artifact; works as root, too. */
final class EmbeddedPostgresSource {

	private EmbeddedPostgresSource() {
	}

	static PostgresServer start() {
		try {
			// The library's shutdown hook ends the server and deletes its folder.
			EmbeddedPostgres postgres = EmbeddedPostgres.builder()
				// A test never survives the machine's power, so waiting for the disk
				// proves nothing; a killed client loses nothing without it.
				.setServerConfig("fsync", "off")
				.setServerConfig("full_page_writes", "off")
				// Many contexts of one JVM keep their pools open at the same time.
				.setServerConfig("max_connections", "300")
				.start();
			return new PostgresServer("localhost", postgres.getPort(), "postgres", "postgres");
		}
		catch (IOException ex) {
			throw new UncheckedIOException("the embedded PostgreSQL did not start", ex);
		}
	}

}
