package dev.whence.standalone.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import dev.whence.standalone.StartException;
import io.zonky.test.db.postgres.util.LinuxUtils;

/**
 * The programs that come with PostgreSQL.
 *
 * @param binaries where they were unpacked
 * @param log what they and the server say is appended to it
 */
record PostgresTools(Path binaries, Path log) {

	static final String USER = "postgres";

	/**
	 * Replaying the log after a crash may take a while; a start that fails does not wait
	 * for it.
	 */
	private static final int START_SECONDS = 1800;

	private static final int STOP_SECONDS = 60;

	/** Creates the data whole or not at all: a process killed meanwhile leaves none. */
	void createData(Path data) throws IOException {
		Path draft = data.resolveSibling(data.getFileName() + ".new");
		delete(draft);
		Files.deleteIfExists(data);
		if (run("initdb", "-A", "trust", "-U", USER, "-E", "UTF-8", "-D", draft.toString()) != 0) {
			throw new StartException(
					"The database in " + data + " could not be created; " + this.log + " has the whole story.", null);
		}
		Files.move(draft, data, StandardCopyOption.ATOMIC_MOVE);
	}

	/** Returns when the server is ready. */
	void start(Path data, String options) throws IOException, FailedStartException {
		long before = Files.exists(this.log) ? Files.size(this.log) : 0;
		int exit = run("pg_ctl", "-D", data.toString(), "-o", options, "-t", Integer.toString(START_SECONDS), "-w",
				"start");
		if (exit != 0) {
			throw new FailedStartException(data, this.log, saidSince(before));
		}
	}

	/** Ends sessions and writes everything down. */
	void stop(Path data) throws IOException {
		run("pg_ctl", "-D", data.toString(), "-m", "fast", "-t", Integer.toString(STOP_SECONDS), "-w", "stop");
	}

	private int run(String program, String... arguments) throws IOException {
		List<String> command = new ArrayList<>();
		if (LinuxUtils.isUnshareAvailable()) {
			// The server refuses to run as root; in a namespace of its own nobody is.
			command.addAll(List.of("unshare", "-U"));
		}
		command.add(this.binaries.resolve("bin").resolve(program).toString());
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(this.log.toFile()))
			.start();
		try {
			process.getOutputStream().close();
			return process.waitFor();
		}
		catch (InterruptedException ex) {
			process.destroy();
			Thread.currentThread().interrupt();
			throw new StartException("Waiting for PostgreSQL's " + program + " was interrupted.", ex);
		}
	}

	private String saidSince(long position) throws IOException {
		try (FileChannel channel = FileChannel.open(this.log)) {
			channel.position(Math.min(position, channel.size()));
			return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	private static void delete(Path folder) throws IOException {
		if (!Files.exists(folder)) {
			return;
		}
		try (var files = Files.walk(folder)) {
			files.sorted(Comparator.reverseOrder()).forEach((file) -> {
				try {
					Files.delete(file);
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			});
		}
		catch (UncheckedIOException ex) {
			throw ex.getCause();
		}
	}

}
