package dev.whence.testkit.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.whence.testkit.LastingPort;
import dev.whence.testkit.ServerFolder;
import dev.whence.testkit.StopSignal;
import dev.whence.testkit.TestSession;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.awaitility.Awaitility;

/**
 * PostgreSQL from the embedded binaries with the settings of production ({@code fsync}
 * and {@code synchronous_commit} on), as a process that tests may kill, stop and start
 * again on the same data and port. A killed process proves nothing about the disk: what
 * the operating system was given, it still has. What it says is in
 * {@code target/server-logs} of the module whose tests run.
 */
public final class PostgresProcess implements AutoCloseable {

	private static final Path LOG = Path.of("target", "server-logs", "postgresql.log");

	private final Path folder;

	private final Path binary;

	private final int port = LastingPort.free();

	private Process process;

	/** Settings beside those of every server, as name=value. */
	private final List<String> settings;

	private PostgresProcess(Path folder) throws IOException {
		this.folder = folder;
		this.settings = List.of();
		// The library knows how to unpack the binaries and to make a data folder, as
		// root, too. What it cannot do is to let its server be killed.
		try (EmbeddedPostgres first = EmbeddedPostgres.builder()
			.setDataDirectory(data())
			.setCleanDataDirectory(false)
			.setRegisterShutdownHook(false)
			.start()) {
			this.binary = binary(first);
		}
		this.process = launch();
		begin();
	}

	/** On data that are there. */
	private PostgresProcess(Path folder, Path binary, List<String> settings) throws IOException {
		this.folder = folder;
		this.binary = binary;
		this.settings = settings;
		this.process = launch();
		begin();
	}

	private void begin() {
		awaitAccepting();
		TestSession.atEnd(this::close);
		Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::killAll));
	}

	/** Starts a server on empty data. */
	public static PostgresProcess start() {
		try {
			return new PostgresProcess(Files.createTempDirectory("whence-postgres"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("PostgreSQL did not start", ex);
		}
	}

	/**
	 * Copies the files of the running server, as PostgreSQL's manual says ("Making a Base
	 * Backup Using the Low Level API"); {@code pg_basebackup} does the same. Whoever
	 * writes meanwhile is not kept waiting.
	 */
	public void backUp(Path copy) {
		new BaseBackup(database(), data()).into(copy);
	}

	/** Starts another server on what {@link #backUp} made. */
	public PostgresProcess restore(Path copy) {
		return another(copy, List.of());
	}

	/**
	 * Starts another server on what {@link #backUp} made, which goes on repeating what
	 * this one writes and can be read meanwhile.
	 */
	public PostgresProcess standby(Path copy) {
		try {
			Files.createFile(copy.resolve("standby.signal"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return another(copy, List.of("primary_conninfo=host=127.0.0.1 user=postgres port=" + this.port));
	}

	private PostgresProcess another(Path copy, List<String> settings) {
		try {
			Path folder = Files.createTempDirectory("whence-postgres");
			BaseBackup.copy(copy, folder.resolve("data"));
			return new PostgresProcess(folder, this.binary, settings);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("PostgreSQL did not start on " + copy, ex);
		}
	}

	/** The server's one database; its user is a superuser. */
	public TestDatabase database() {
		return new TestDatabase("jdbc:postgresql://127.0.0.1:" + this.port + "/postgres", "postgres", "postgres");
	}

	/** The first process and its children. */
	public List<Long> pids() {
		return family().stream().map(ProcessHandle::pid).toList();
	}

	public String version() {
		try (Connection connection = database().dataSource().getConnection()) {
			return connection.getMetaData().getDatabaseProductVersion();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * As {@code kill -9} of the first process alone: its children notice and end by
	 * themselves.
	 */
	public void killPostmaster() {
		this.process.destroyForcibly();
		ended(this.process.toHandle());
	}

	/** As {@code kill -9} of the first process and all its children at once. */
	public void killAll() {
		List<ProcessHandle> family = family();
		family.forEach(ProcessHandle::destroyForcibly);
		family.forEach(PostgresProcess::ended);
	}

	/** Makes the server hang: connections stay open and nothing answers. */
	public void pause() {
		// The parent first, so that it makes no child that is missed.
		family().forEach((member) -> StopSignal.STOP.send(member.pid()));
	}

	/** Ends {@link #pause()}. */
	public void resume() {
		family().forEach((member) -> StopSignal.CONT.send(member.pid()));
	}

	/** Starts the killed server on the same data and waits until it has recovered. */
	public void restart() {
		try {
			this.process = launch();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("PostgreSQL did not start again", ex);
		}
		awaitAccepting();
	}

	@Override
	public void close() {
		killAll();
		ServerFolder.delete(this.folder);
	}

	// Unpacked once for all servers of this machine, wherever the library likes.
	private static Path binary(EmbeddedPostgres server) throws IOException {
		try (Connection connection = server.getPostgresDatabase().getConnection();
				Statement statement = connection.createStatement();
				ResultSet result = statement.executeQuery("select setting from pg_config where name = 'BINDIR'")) {
			result.next();
			return Path.of(result.getString(1), "postgres");
		}
		catch (SQLException ex) {
			throw new IOException("the server does not say where its binaries lie", ex);
		}
	}

	private Path data() {
		return this.folder.resolve("data");
	}

	private List<ProcessHandle> family() {
		return Stream.concat(Stream.of(this.process.toHandle()), this.process.descendants()).toList();
	}

	private static void ended(ProcessHandle member) {
		member.onExit().orTimeout(20, TimeUnit.SECONDS).join();
	}

	private Process launch() throws IOException {
		List<String> command = new ArrayList<>();
		if (System.getProperty("user.name").equals("root")) {
			// PostgreSQL refuses to be root; in a user namespace of its own it is nobody.
			command.addAll(List.of("unshare", "--user"));
		}
		command.addAll(List.of(this.binary.toString(), "-D", data().toString(), "-p", String.valueOf(this.port)));
		for (String setting : List.of("fsync=on", "synchronous_commit=on", "full_page_writes=on",
				"listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=150")) {
			command.addAll(List.of("-c", setting));
		}
		this.settings.forEach((setting) -> command.addAll(List.of("-c", setting)));
		Files.createDirectories(LOG.getParent());
		return new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(LOG.toFile()))
			.start();
	}

	private void awaitAccepting() {
		Awaitility.await("PostgreSQL on port " + this.port)
			.atMost(Duration.ofSeconds(60))
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(20))
			.until(() -> {
				if (!this.process.isAlive()) {
					// Children of a killed postmaster hold its memory until they have
					// noticed; until then a new one refuses to start.
					this.process = launch();
				}
				return accepts();
			});
	}

	private boolean accepts() {
		try (Connection connection = database().dataSource().getConnection();
				Statement statement = connection.createStatement()) {
			return statement.execute("select 1");
		}
		catch (SQLException ex) {
			return false;
		}
	}

}
