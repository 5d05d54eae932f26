package dev.whence.store;

import java.time.LocalDate;
import java.time.ZoneOffset;

import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Creates and upgrades the schema {@code signals}, and keeps its partitions ahead of the
 * clock. Migrates over a connection of its own, because the service's pooled connections
 * take a role that the first migration has to create.
 */
public final class SignalSchema implements InitializingBean {

	/** Partitions stand ready from yesterday to a week ahead. */
	private static final int DAYS_AHEAD = 9;

	private static final Logger log = LoggerFactory.getLogger(SignalSchema.class);

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

	/** Makes the partitions that are missing; safe to call from every replica at once. */
	public void makePartitions(JdbcClient jdbc) {
		int made = jdbc.sql("select signals.make_partitions(:first, :days)")
			.param("first", LocalDate.now(ZoneOffset.UTC).minusDays(1))
			.param("days", DAYS_AHEAD)
			.query(Integer.class)
			.single();
		if (made > 0) {
			log.info("Made {} partitions", made);
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
