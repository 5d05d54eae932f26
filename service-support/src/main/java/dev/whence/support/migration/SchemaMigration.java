package dev.whence.support.migration;

import java.util.List;

import org.flywaydb.core.Flyway;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Migrates one schema as its owner and lets another login use it, never change it.
 */
class SchemaMigration {

	private final String schema;

	private final Login owner;

	private final MigrationProperties properties;

	SchemaMigration(String schema, Login owner, MigrationProperties properties) {
		this.schema = schema;
		this.owner = owner;
		this.properties = properties;
	}

	/** Returns how many migrations there were to apply. */
	int run() {
		int applied = Flyway.configure()
			.dataSource(this.owner.url(), this.owner.user(), this.owner.password())
			.schemas(this.schema)
			.defaultSchema(this.schema)
			.locations("classpath:db/" + this.schema)
			.connectRetries(this.properties.connectRetries())
			.connectRetriesInterval(1)
			.lockRetryCount(120)
			// The previous release may run once more, after a roll-back.
			.ignoreMigrationPatterns("*:future")
			.load()
			.migrate().migrationsExecuted;
		if (!this.properties.grantTo().isBlank()) {
			grant(this.properties.grantTo());
		}
		return applied;
	}

	// Every time, because a migration may have added tables.
	private void grant(String login) {
		JdbcClient jdbc = JdbcClient
			.create(new DriverManagerDataSource(this.owner.url(), this.owner.user(), this.owner.password()));
		if (this.properties.roles().isEmpty()) {
			for (String right : List.of("usage on schema %1$I",
					"select, insert, update, delete on all tables in schema %1$I",
					"usage, select on all sequences in schema %1$I")) {
				execute(jdbc, "grant " + right + " to %2$I", login);
			}
			execute(jdbc, "revoke insert, update, delete on %1$I.flyway_schema_history from %2$I", login);
		}
		else {
			this.properties.roles().forEach((role) -> {
				String quoted = quote(jdbc, "%1$I", role, "");
				execute(jdbc, "grant " + quoted + " to %2$I", login);
			});
		}
	}

	private void execute(JdbcClient jdbc, String template, String login) {
		jdbc.sql(quote(jdbc, template, this.schema, login)).update();
	}

	private static String quote(JdbcClient jdbc, String template, String first, String second) {
		return jdbc.sql("select format(:template, :first, :second)")
			.param("template", template)
			.param("first", first)
			.param("second", second)
			.query(String.class)
			.single();
	}

}
