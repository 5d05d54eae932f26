package dev.whence.e2e.journey;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.whence.e2e.platform.Command;
import dev.whence.e2e.platform.GatewayClient;
import dev.whence.e2e.platform.Launcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static org.assertj.core.api.Assertions.assertThat;

/** What a user's first minute looks like: the launcher, on a data folder of its own. */
@Execution(ExecutionMode.CONCURRENT)
class LauncherIT {

	@TempDir
	Path folder;

	private Launcher launcher;

	@BeforeEach
	void chooseTheDataFolder() {
		this.launcher = new Launcher(this.folder);
	}

	@AfterEach
	void stop() throws Exception {
		whence("down");
	}

	@Test
	void dataSurviveAKillAndTheDemoFindsItsFaults() throws Exception {
		Command.Outcome started = whence("up", "--detach");
		assertThat(started.status()).as(started.output()).isZero();
		assertThat(started.output()).contains(this.launcher.address(), "curl -X POST", "OTEL_EXPORTER_OTLP_ENDPOINT")
			.as("it was built before")
			.doesNotContain("Building Whence");
		assertThat(whence("up", "--detach").output()).contains("running already");

		GatewayClient gateway = GatewayClient.withoutCredential(this.launcher.address());
		String trace = "kept-" + UUID.randomUUID();
		assertThat(
				gateway
					.post("/ingest/logs",
							Map.of("signal_id", UUID.randomUUID(), "trace_id", trace, "service_name", "payment-service",
									"timestamp", Instant.now().toString(), "level", "INFO", "message", "kept"))
					.status())
			.isEqualTo(202);
		Command.Outcome demo = whence("demo");
		assertThat(demo.status()).as(demo.output()).isZero();
		assertThat(demo.output()).contains("Cause ", "Evidence ", "See it ", "Injected ");
		assertThat(demo.output()).contains("Cause       payment-service: ", "Cause       mail-service: ",
				"Cause       node-2: ", "Cause       pricing-service: ");
		Command.Outcome runs = whence("demo", "runs");
		assertThat(runs.status()).as(runs.output()).isZero();
		assertThat(runs.output()).contains("case-117, was dropped by \"same category\"");
		Command.Outcome unknown = whence("demo", "--fault", "no-such-fault");
		assertThat(unknown.status()).isEqualTo(1);
		assertThat(unknown.output()).contains("'no-such-fault'", "lost-message");

		killTheProcess();
		assertThat(whence("status").status()).isEqualTo(3);
		Command.Outcome again = whence("up", "--detach");
		assertThat(again.status()).as(again.output()).isZero();
		assertThat(gateway.get("/query/traces/" + trace).json()).hasSize(1);
		assertThat(whence("down").output()).contains("Stopped");
	}

	@Test
	void aTakenPortIsOneSentence() throws Exception {
		try (ServerSocket _ = new ServerSocket(this.launcher.port(), 1, InetAddress.getLoopbackAddress())) {
			Command.Outcome outcome = whence("up", "--detach");
			assertThat(outcome.status()).isEqualTo(1);
			assertThat(outcome.output()).contains("Port " + this.launcher.port() + " is taken by another program");
		}
	}

	@Test
	void aDamagedDataFolderIsOneSentence() throws Exception {
		Files.createDirectories(this.launcher.data().resolve("postgresql"));
		Files.writeString(this.launcher.data().resolve("postgresql/garbage"), "not a database");
		Command.Outcome outcome = whence("up", "--detach");
		assertThat(outcome.status()).isEqualTo(1);
		assertThat(outcome.output()).contains("is damaged");
	}

	@Test
	void anUnknownOptionIsNamed() throws Exception {
		Command.Outcome outcome = whence("up", "--prot=1");
		assertThat(outcome.status()).isEqualTo(1);
		assertThat(outcome.output()).contains("--prot=1");
	}

	@Test
	void everyCommandExplainsItself() throws Exception {
		for (String command : List.of("up", "down", "status", "logs", "train", "evaluate", "instrument")) {
			Command.Outcome help = whence(command, "--help");
			assertThat(help.status()).as(command).isZero();
			assertThat(help.output()).startsWith("usage: ./whence " + command);
		}
	}

	@Test
	void theProgramsBehindCommandsKnowNoOptionThatTheirHelpDoesNot() throws Exception {
		for (String command : List.of("evaluate", "instrument")) {
			Set<String> known = options(whence(command).output().replaceFirst("(?s).*usage:", ""));
			assertThat(known).as(command).hasSizeGreaterThan(5);
			assertThat(options(whence(command, "--help").output())).as(command).containsAll(known);
		}
	}

	private static Set<String> options(String text) {
		return Pattern.compile("--[a-z][a-z-]+")
			.matcher(text)
			.results()
			.map(MatchResult::group)
			.collect(Collectors.toSet());
	}

	private void killTheProcess() throws Exception {
		ProcessHandle process = ProcessHandle
			.of(Long.parseLong(Files.readString(this.launcher.data().resolve("whence.pid")).strip()))
			.orElseThrow();
		process.destroyForcibly();
		process.onExit().get(30, TimeUnit.SECONDS);
	}

	private Command.Outcome whence(String... arguments) throws IOException, InterruptedException {
		return this.launcher.run(arguments);
	}

}
