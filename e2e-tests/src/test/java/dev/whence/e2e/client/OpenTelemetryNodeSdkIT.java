package dev.whence.e2e.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import dev.whence.e2e.platform.GatewayClient.Reply;
import dev.whence.e2e.platform.Whence;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * OpenTelemetry's SDK for Node. npm installs it once into {@code target}; without npm or
 * its registry the tests are skipped.
 */
class OpenTelemetryNodeSdkIT {

	// Of npm, so not in the parent POM; @opentelemetry/sdk-node names all others.
	private static final String SDK = "@opentelemetry/sdk-node@0.223.0";

	private static final String API = "@opentelemetry/api@1.9.1";

	private static final Path FOLDER = Path.of("target/node-client").toAbsolutePath();

	private final Whence whence = Whence.running();

	private final String service = "node-" + UUID.randomUUID().toString().substring(0, 8);

	@BeforeAll
	static void install() throws IOException, InterruptedException {
		Files.createDirectories(FOLDER);
		try (InputStream program = OpenTelemetryNodeSdkIT.class.getResourceAsStream("node-client.cjs")) {
			assertThat(program).isNotNull();
			Files.copy(program, FOLDER.resolve("node-client.cjs"), StandardCopyOption.REPLACE_EXISTING);
		}
		if (!Files.exists(FOLDER.resolve("node_modules/@opentelemetry/sdk-node/package.json"))) {
			Files.writeString(FOLDER.resolve("package.json"), "{\"private\": true}");
			Run npm = run(Duration.ofMinutes(3), Map.of(), "npm", "install", "--no-audit", "--no-fund",
					"--ignore-scripts", SDK, API);
			Assumptions.assumeTrue(npm.exit() == 0,
					() -> "npm could not install " + SDK + ", so the Node SDK is not tested: " + npm.output());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "http/json", "http/protobuf", "grpc" })
	void tracesAndLogsAreStoredOnce(String protocol) throws InterruptedException {
		boolean grpc = protocol.equals("grpc");
		Run node = run(Duration.ofMinutes(1),
				Map.of("OTEL_SERVICE_NAME", this.service, "OTEL_EXPORTER_OTLP_PROTOCOL", protocol,
						"OTEL_EXPORTER_OTLP_ENDPOINT",
						grpc ? "http://127.0.0.1:" + this.whence.otlpGrpcPort() : this.whence.gateway().url(),
						"OTEL_EXPORTER_OTLP_HEADERS", "x-api-key=" + Whence.KEY, "OTEL_TRACES_EXPORTER", "otlp",
						"OTEL_LOGS_EXPORTER", "otlp", "OTEL_METRICS_EXPORTER", "none", "OTEL_LOG_LEVEL", "WARN"),
				"node", "node-client.cjs");
		assertThat(node.exit()).as(node.output()).isZero();
		assertThat(node.output()).contains("shut down").doesNotContain("Error");
		String trace = node.output().lines().findFirst().orElseThrow().replace("trace ", "");

		List<JsonNode> signals = Awaitility.await("the signals of " + trace)
			.atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(200))
			.until(() -> signals(trace), (found) -> found.size() >= 4);
		assertThat(signals).hasSize(4);
		String all = signals.toString();
		assertThat(all).contains("checkout", "pay", "payment failed", "card declined", "structured", "17.5");
		StoredSignals stored = StoredSignals.of(this.service);
		assertThat(stored.spans()).hasSize(2);
		assertThat(stored.spans().values()).containsOnly(1);
		assertThat(stored.logs()).hasSize(2);
		assertThat(stored.logs().values()).containsOnly(1);
	}

	private List<JsonNode> signals(String trace) {
		Reply reply = this.whence.gateway().get("/query/traces/" + trace);
		assertThat(reply.status()).as(reply.body()).isIn(200, 404);
		return (reply.status() == 404) ? List.of() : reply.json().valueStream().toList();
	}

	private static Run run(Duration patience, Map<String, String> environment, String... command)
			throws InterruptedException {
		try {
			Path output = Files.createTempFile(FOLDER, "run", ".log");
			ProcessBuilder builder = new ProcessBuilder(command).directory(FOLDER.toFile())
				.redirectErrorStream(true)
				.redirectOutput(output.toFile());
			builder.environment().putAll(environment);
			Process process = builder.start();
			if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
				process.destroyForcibly().waitFor();
			}
			return new Run(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			if (command[0].equals("npm")) {
				return new Run(127, String.valueOf(ex.getMessage()));
			}
			throw new UncheckedIOException(ex);
		}
	}

	private record Run(int exit, String output) {
	}

}
