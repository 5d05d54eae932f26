package dev.whence.control.schema;

import org.flywaydb.core.Flyway;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.stereotype.Component;

/**
 * Migrates the schema when the service starts, over a connection of its own: those of the
 * pool give up a statement after three seconds, which is no limit for a migration.
 * Replicas that start together wait for each other.
 */
@Component
@EnableConfigurationProperties(SchemaProperties.class)
class ControlSchema implements InitializingBean {

	private static final String SCHEMA = "control";

	private final JdbcConnectionDetails connection;

	private final SchemaProperties properties;

	ControlSchema(JdbcConnectionDetails connection, SchemaProperties properties) {
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
			.schemas(SCHEMA)
			.defaultSchema(SCHEMA)
			.locations("classpath:db/control")
			.connectRetries(this.properties.connectRetries())
			.connectRetriesInterval(1)
			.lockRetryCount(120)
			// Replicas of the previous release keep running while a newer one migrates.
			.ignoreMigrationPatterns("*:future")
			.load()
			.migrate();
	}

}
