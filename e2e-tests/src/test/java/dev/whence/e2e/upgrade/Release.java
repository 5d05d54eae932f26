package dev.whence.e2e.upgrade;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.whence.e2e.platform.Repository;
import dev.whence.testkit.postgres.TestDatabase;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.postgresql.PGConnection;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a released version left: its tables, with the rows that its services wrote, what
 * they had been sent, and what they answered afterwards.
 */
final class Release {

	private static final Map<String, String> OWNERS = Map.of("signals", "signal-store", "incidents", "analysis-worker",
			"control", "control-service");

	private final String folder;

	private final JsonNode recorded;

	private Release(String version) {
		this.folder = "/upgrade/" + version + "/";
		this.recorded = JsonMapper.shared().readTree(read("recorded.json"));
	}

	static Release of(String version) {
		return new Release(version);
	}

	String text(String name) {
		return this.recorded.get(name).asString();
	}

	/** Requests that it acknowledged: path and body, as text. */
	Iterable<JsonNode> sent() {
		return this.recorded.get("sent");
	}

	/** What it answered, by path. */
	Iterable<Map.Entry<String, JsonNode>> answers() {
		return this.recorded.get("answers").properties();
	}

	/** Makes the database as the release's services left it. */
	void leaveBehind(TestDatabase database) throws SQLException {
		for (Map.Entry<String, JsonNode> schema : this.recorded.get("schemas").properties()) {
			migrate(database, schema.getKey(), schema.getValue().asString());
		}
		try (Connection connection = database.dataSource().getConnection();
				Statement statement = connection.createStatement()) {
			// Neither keys nor triggers: the rows were good where they come from.
			statement.execute("set session_replication_role = replica");
			statement.execute(read("partitions.sql"));
			load(connection, statement);
			statement.execute("set session_replication_role = origin");
		}
	}

	private static void migrate(TestDatabase database, String schema, String version) {
		Flyway.configure()
			.dataSource(database.dataSource())
			.schemas(schema)
			.defaultSchema(schema)
			.locations(
					"filesystem:" + Repository.root().resolve(OWNERS.get(schema) + "/src/main/resources/db/" + schema))
			.target(MigrationVersion.fromVersion(version))
			.load()
			.migrate();
	}

	private void load(Connection connection, Statement statement) throws SQLException {
		List<String> lines = read("tables.copy").lines().toList();
		for (int n = 0; n < lines.size(); n++) {
			String table = lines.get(n);
			int end = n + 1 + lines.subList(n + 1, lines.size()).indexOf("\\.");
			statement.execute("delete from " + table.substring(0, table.indexOf(' ')));
			try {
				connection.unwrap(PGConnection.class)
					.getCopyAPI()
					.copyIn("copy " + table + " from stdin",
							new StringReader(String.join("\n", lines.subList(n + 1, end))));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			n = end;
		}
		statement.execute(
				"""
						do $$
						declare
						    sequence record;
						begin
						    for sequence in
						        select pg_get_serial_sequence(format('%I.%I', table_schema, table_name), column_name) as name,
						               format('%I.%I', table_schema, table_name) as owner, column_name
						          from information_schema.columns
						         where table_schema in ('signals', 'incidents', 'control')
						           and pg_get_serial_sequence(format('%I.%I', table_schema, table_name), column_name) is not null
						    loop
						        execute format('select setval(%L, coalesce((select max(%I) from %s), 0) + 1)', sequence.name,
						                       sequence.column_name, sequence.owner);
						    end loop;
						end $$""");
	}

	private String read(String file) {
		try (InputStream in = Objects.requireNonNull(Release.class.getResourceAsStream(this.folder + file))) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
