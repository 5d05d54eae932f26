package dev.whence.store;

import org.flywaydb.core.Flyway;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * Creates and upgrades the schema {@code signals}. Migrates over a connection of its own,
 * because the service's pooled connections take a role that the first migration has to
 * create.
 */
public final class SignalSchema implements InitializingBean {

	private final JdbcConnectionDetails connection;

	private final SignalStoreProperties properties;

	SignalSchema(JdbcConnectionDetails connection, SignalStoreProperties properties) {
		this.connection = connection;
		this.properties = properties;
	}

	@Override
	public void afterPropertiesSet() {
		if (this.properties.migrate()) {
			migrate();
		}
	}

	private void migrate() {
		Flyway.configure()
			.dataSource(this.connection.getJdbcUrl(), this.connection.getUsername(), this.connection.getPassword())
			.schemas("signals")
			.defaultSchema("signals")
			.locations("classpath:db/signals")
			.connectRetries(this.properties.connectRetries())
			.connectRetriesInterval(1)
			.lockRetryCount(120)
			// Replicas of the previous release keep running while a newer one migrates.
			.ignoreMigrationPatterns("*:future")
			.load()
			.migrate();
	}

}
