package dev.whence.benchmarks.ingest.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** A PostgreSQL server as durable as the standalone's: what is committed is on disk. */
public final class DatabaseServer implements AutoCloseable {

	/**
	 * The standalone's settings. Beyond them {@code max_wal_size}: with the default of 1
	 * GB a checkpoint would fall into every few seconds of full speed.
	 */
	private static final Map<String, String> SETTINGS = Map.of("fsync", "on", "synchronous_commit", "on",
			"max_connections", "100", "shared_buffers", "256MB", "max_wal_size", "4GB", "listen_addresses",
			"127.0.0.1");

	private final EmbeddedPostgres server;

	private final long pid;

	private DatabaseServer(EmbeddedPostgres server, long pid) {
		this.server = server;
		this.pid = pid;
	}

	/**
	 * Starts a server with an empty data folder.
	 * @param folder for data and log; deleted when the server is closed
	 * @param more settings beyond or instead of the usual ones
	 */
	public static DatabaseServer start(Path folder, Map<String, String> more) {
		return start(folder, more, true);
	}

	/** Starts a server with the data that are in a folder, and leaves them there. */
	public static DatabaseServer open(Path folder) {
		return start(folder, Map.of(), false);
	}

	private static DatabaseServer start(Path folder, Map<String, String> more, boolean clean) {
		Path data = folder.resolve("data");
		try {
			Files.createDirectories(data);
			var builder = EmbeddedPostgres.builder()
				.setDataDirectory(data)
				.setCleanDataDirectory(clean)
				.setOverrideWorkingDirectory(folder.resolve("runtime").toFile())
				.setOutputRedirector(ProcessBuilder.Redirect.appendTo(folder.resolve("postgresql.log").toFile()))
				.setErrorRedirector(ProcessBuilder.Redirect.appendTo(folder.resolve("postgresql.log").toFile()));
			SETTINGS.forEach(builder::setServerConfig);
			more.forEach(builder::setServerConfig);
			EmbeddedPostgres server = builder.start();
			long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
			return new DatabaseServer(server, pid);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("PostgreSQL did not start", ex);
		}
	}

	public String jdbcUrl() {
		return "jdbc:postgresql://127.0.0.1:" + this.server.getPort() + "/postgres";
	}

	/** For {@code DATABASE_URL}. */
	public String url() {
		return "postgresql://postgres:postgres@127.0.0.1:" + this.server.getPort() + "/postgres";
	}

	/** A connection of a superuser. */
	public Connection connect() throws SQLException {
		return DriverManager.getConnection(jdbcUrl(), "postgres", "postgres");
	}

	/** Runs statements, each by itself. */
	public void execute(String... statements) {
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** The first column of all rows, as text. */
	public List<String> query(String sql) {
		try (Connection connection = connect();
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(sql)) {
			List<String> values = new ArrayList<>();
			while (rows.next()) {
				values.add(String.valueOf(rows.getString(1)));
			}
			return values;
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** CPU of all the server's processes. */
	public long cpuMicros() {
		return ProcessTimes.microsWithChildren(this.pid);
	}

	@Override
	public void close() throws IOException {
		this.server.close();
	}

}
