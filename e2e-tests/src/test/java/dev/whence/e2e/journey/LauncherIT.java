package dev.whence.e2e.journey;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import dev.whence.e2e.platform.GatewayClient;
import dev.whence.e2e.platform.Ports;
import dev.whence.e2e.platform.Repository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What a user's first minute looks like: the launcher, on a data folder of its own. */
class LauncherIT {

	@TempDir
	Path folder;

	private final int port = Ports.free(1).getFirst();

	private Path data;

	@BeforeEach
	void chooseTheDataFolder() {
		this.data = this.folder.resolve("data");
	}

	@AfterEach
	void stop() throws Exception {
		whence("down");
	}

	@Test
	void dataSurviveAKillAndTheDemoFindsItsFaults() throws Exception {
		Outcome started = whence("up", "--detach");
		assertThat(started.status()).as(started.output()).isZero();
		assertThat(started.output()).contains("http://localhost:" + this.port, "curl -X POST",
				"OTEL_EXPORTER_OTLP_ENDPOINT");
		assertThat(whence("up", "--detach").output()).contains("running already");

		GatewayClient gateway = GatewayClient.withoutCredential("http://localhost:" + this.port);
		String trace = "kept-" + UUID.randomUUID();
		assertThat(
				gateway
					.post("/ingest/logs",
							Map.of("signal_id", UUID.randomUUID(), "trace_id", trace, "service_name", "payment-service",
									"timestamp", Instant.now().toString(), "level", "INFO", "message", "kept"))
					.status())
			.isEqualTo(202);
		Outcome demo = whence("demo");
		assertThat(demo.status()).as(demo.output()).isZero();
		assertThat(demo.output()).contains("Cause ", "Evidence ", "See it ", "Injected ");
		assertThat(demo.output()).contains("Cause       payment-service: ", "Cause       mail-service: ",
				"Cause       node-2: ", "Cause       pricing-service: ");
		Outcome unknown = whence("demo", "--fault", "no-such-fault");
		assertThat(unknown.status()).isEqualTo(1);
		assertThat(unknown.output()).contains("'no-such-fault'", "lost-message");

		killTheProcess();
		assertThat(whence("status").status()).isEqualTo(3);
		Outcome again = whence("up", "--detach");
		assertThat(again.status()).as(again.output()).isZero();
		assertThat(gateway.get("/query/traces/" + trace).json()).hasSize(1);
		assertThat(whence("down").output()).contains("Stopped");
	}

	@Test
	void aTakenPortIsOneSentence() throws Exception {
		try (ServerSocket _ = new ServerSocket(this.port, 1, InetAddress.getLoopbackAddress())) {
			Outcome outcome = whence("up", "--detach");
			assertThat(outcome.status()).isEqualTo(1);
			assertThat(outcome.output()).contains("Port " + this.port + " is taken by another program");
		}
	}

	@Test
	void aDamagedDataFolderIsOneSentence() throws Exception {
		Files.createDirectories(this.data.resolve("postgresql"));
		Files.writeString(this.data.resolve("postgresql/garbage"), "not a database");
		Outcome outcome = whence("up", "--detach");
		assertThat(outcome.status()).isEqualTo(1);
		assertThat(outcome.output()).contains("is damaged");
	}

	@Test
	void anUnknownOptionIsNamed() throws Exception {
		Outcome outcome = whence("up", "--prot=1");
		assertThat(outcome.status()).isEqualTo(1);
		assertThat(outcome.output()).contains("--prot=1");
	}

	private void killTheProcess() throws Exception {
		ProcessHandle process = ProcessHandle
			.of(Long.parseLong(Files.readString(this.data.resolve("whence.pid")).strip()))
			.orElseThrow();
		process.destroyForcibly();
		process.onExit().get(30, TimeUnit.SECONDS);
	}

	private Outcome whence(String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of(Repository.root().resolve("whence").toString()));
		command.addAll(List.of(arguments));
		if (!arguments[0].equals("instrument")) {
			command.addAll(List.of("--data", this.data.toString(), "--port", "" + this.port, "--otlp-port", "0",
					"--otlp-grpc-port", "0"));
		}
		Path output = Files.createTempFile(this.folder, "output", ".txt");
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		if (!process.waitFor(5, TimeUnit.MINUTES)) {
			process.destroyForcibly();
		}
		return new Outcome(process.waitFor(), Files.readString(output, StandardCharsets.UTF_8));
	}

	private record Outcome(int status, String output) {
	}

}
