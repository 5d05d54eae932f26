package dev.whence.standalone.database;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import dev.whence.standalone.StartException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * A PostgreSQL server whose data outlive it. What is committed is on disk, as on a server
 * of its own.
 */
public final class EmbeddedDatabase implements AutoCloseable {

	private static final String MAJOR_VERSION = "18";

	/** Replaying the log after a crash may take a while. */
	private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

	private final EmbeddedPostgres server;

	private EmbeddedDatabase(EmbeddedPostgres server) {
		this.server = server;
	}

	/**
	 * Starts the server on the data below the folder, creating them the first time. A
	 * server that was left behind by a killed process is ended first.
	 * @throws StartException with a sentence for the user
	 */
	public static EmbeddedDatabase start(Path folder) {
		Path data = folder.resolve("postgresql");
		File log = folder.resolve("postgresql.log").toFile();
		try {
			Files.createDirectories(data);
			requireUsable(data);
			LeftoverServer.in(data).ifPresent(LeftoverServer::end);
			return new EmbeddedDatabase(EmbeddedPostgres.builder()
				.setDataDirectory(data)
				.setCleanDataDirectory(false)
				.setOverrideWorkingDirectory(folder.resolve("runtime").toFile())
				.setRegisterShutdownHook(false)
				.setPGStartupWait(START_TIMEOUT)
				.setOutputRedirector(ProcessBuilder.Redirect.appendTo(log))
				.setErrorRedirector(ProcessBuilder.Redirect.appendTo(log))
				// The library is made for tests and would acknowledge before writing: it
				// starts the server with -F, which a later setting overrides.
				.setServerConfig("fsync", "on")
				.setServerConfig("synchronous_commit", "on")
				.setServerConfig("max_connections", "100")
				.setServerConfig("shared_buffers", "256MB")
				.setServerConfig("listen_addresses", "127.0.0.1")
				.start());
		}
		catch (IOException | IllegalStateException ex) {
			throw new StartException("The data folder " + folder + " cannot be used: PostgreSQL did not start; " + log
					+ " says why. Move the folder away to begin with an empty one.", ex);
		}
	}

	public String jdbcUrl() {
		return "jdbc:postgresql://127.0.0.1:" + this.server.getPort() + "/postgres";
	}

	public String user() {
		return "postgres";
	}

	@Override
	public void close() throws IOException {
		this.server.close();
	}

	private static void requireUsable(Path data) throws IOException {
		try (var files = Files.list(data)) {
			if (files.findAny().isEmpty()) {
				return;
			}
		}
		Path version = data.resolve("PG_VERSION");
		if (!Files.isRegularFile(version)) {
			throw new StartException("The data folder " + data + " is damaged: it holds files, but no PostgreSQL data. "
					+ "Move it away to begin with an empty one.", null);
		}
		String found = Files.readString(version).strip();
		if (!found.equals(MAJOR_VERSION)) {
			throw new StartException("The data folder " + data + " was written by PostgreSQL " + found
					+ ", this version of Whence has " + MAJOR_VERSION + ". Move it away to begin with an empty one.",
					null);
		}
	}

}
