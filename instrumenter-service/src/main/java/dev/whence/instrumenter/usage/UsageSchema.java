package dev.whence.instrumenter.usage;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.stereotype.Component;

/**
 * Creates and upgrades the schema before the first write, not when the service starts:
 * the service works without its database. Replicas wait for each other.
 */
@Component
class UsageSchema {

	private static final String SCHEMA = "instrumenter";

	private final JdbcConnectionDetails connection;

	private volatile boolean ready;

	UsageSchema(JdbcConnectionDetails connection, UsageProperties properties) {
		this.connection = connection;
		this.ready = !properties.migrate();
	}

	/**
	 * Returns once the schema is there.
	 * @throws NotReadyException if it cannot be made now
	 */
	synchronized void ensure() {
		if (this.ready) {
			return;
		}
		try {
			Flyway.configure()
				.dataSource(this.connection.getJdbcUrl(), this.connection.getUsername(), this.connection.getPassword())
				.schemas(SCHEMA)
				.defaultSchema(SCHEMA)
				.locations("classpath:db/instrumenter")
				.lockRetryCount(120)
				.ignoreMigrationPatterns("*:future")
				.load()
				.migrate();
			this.ready = true;
		}
		catch (FlywayException ex) {
			throw new NotReadyException(ex);
		}
	}

	/** The database did not answer. */
	static final class NotReadyException extends RuntimeException {

		NotReadyException(Throwable cause) {
			super("the schema is not ready", cause);
		}

	}

}
