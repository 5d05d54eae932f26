package dev.whence.control.build.tracking;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.whence.control.ControlApi;
import dev.whence.control.ControlApplication;
import dev.whence.control.build.github.GitHubTwin;
import dev.whence.testkit.postgres.TestDatabase;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/** The service in a JVM of its own, which can be killed. */
final class ControlProcess implements AutoCloseable {

	private static final Duration START = Duration.ofSeconds(90);

	private final Process process;

	private final int port;

	private final Path log;

	private ControlProcess(Process process, int port, Path log) {
		this.process = process;
		this.port = port;
		this.log = log;
	}

	/** Starts the service and returns when it is ready. */
	static ControlProcess start(TestDatabase database, GitHubTwin github, String... settings) {
		try {
			int port = freePort();
			Path log = Files.createTempFile("control", ".log");
			ProcessBuilder builder = new ProcessBuilder(command(database, github, port, settings))
				.redirectErrorStream(true)
				.redirectOutput(log.toFile());
			builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
			builder.environment().put("WHENCE_BOOTSTRAP_KEY", ControlApi.BOOTSTRAP_KEY);
			builder.environment().put("GITHUB_TOKEN", GitHubTwin.TOKEN);
			builder.environment().put("GITHUB_REPO", GitHubTwin.REPOSITORY);
			ControlProcess started = new ControlProcess(builder.start(), port, log);
			Awaitility.await().atMost(START).untilAsserted(started::requireReady);
			return started;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	BuildApi api() {
		return new BuildApi(new ControlApi(this.port).as(ControlApi.BOOTSTRAP_KEY));
	}

	/** SIGKILL: nothing is finished, nothing is written. */
	void kill() {
		this.process.destroyForcibly();
		try {
			this.process.waitFor();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	String output() {
		try {
			return Files.readString(this.log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() throws IOException {
		kill();
		Files.deleteIfExists(this.log);
	}

	private void requireReady() {
		assertThat(this.process.isAlive()).as(this::output).isTrue();
		try {
			new ControlApi(this.port).anonymous().get().uri("/readiness").exchange().expectStatus().isOk();
		}
		catch (RuntimeException ex) {
			throw new AssertionError("not ready yet", ex);
		}
	}

	private static List<String> command(TestDatabase database, GitHubTwin github, int port, String... settings) {
		List<String> command = new ArrayList<>(List.of(
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
				"-Xmx400m", ControlApplication.class.getName(), "--server.port=" + port, "--server.address=127.0.0.1",
				"--spring.datasource.url=" + database.jdbcUrl(), "--spring.datasource.username=" + database.username(),
				"--spring.datasource.password=" + database.password(), "--whence.wire.kind=in-process",
				"--whence.builds.github.api-url=" + github.url(), "--whence.builds.github.allowed-networks=127.0.0.0/8",
				"--whence.builds.poll-every=300ms", "--whence.builds.look=50ms", "--whence.builds.look-for=2s",
				"--whence.builds.lease=3s"));
		command.addAll(List.of(settings));
		return command;
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

}
