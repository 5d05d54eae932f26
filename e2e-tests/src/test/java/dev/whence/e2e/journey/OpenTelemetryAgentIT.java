package dev.whence.e2e.journey;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.whence.e2e.platform.GatewayClient;
import dev.whence.e2e.platform.JavaProcess;
import dev.whence.e2e.platform.Ports;
import dev.whence.e2e.platform.Whence;
import dev.whence.e2e.shop.ShopApplication;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** The unmodified OpenTelemetry Java agent on an application that knows nothing of it. */
class OpenTelemetryAgentIT {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private final GatewayClient gateway = Whence.running().gateway();

	private final String service = "otel-shop-" + UUID.randomUUID().toString().substring(0, 8);

	@ParameterizedTest
	@ValueSource(strings = { "http/protobuf", "grpc" })
	void spansLogsAndMetricsOfTheAgentAreFoundAndAFailureBecomesAnIncident(String protocol) throws Exception {
		int port = Ports.free(1).getFirst();
		try (JavaProcess shop = shop(port, protocol)) {
			Awaitility.await("the shop")
				.atMost(Duration.ofSeconds(60))
				.ignoreExceptions()
				.until(() -> buy(port, "order-1") == 200);
			assertThat(buy(port, "order-fail")).as(shop.logTail()).isEqualTo(502);

			List<JsonNode> spans = awaitSignals("trace", 6);
			assertThat(spans).extracting((span) -> span.get("trace_id").asString())
				.allSatisfy((trace) -> assertThat(trace).matches("[0-9a-f]{32}"));
			List<JsonNode> logs = awaitSignals("log", 4);
			assertThat(logs).extracting((log) -> log.get("payload").toString())
				.anySatisfy((text) -> assertThat(text).contains("Payment of order order-fail failed"));
			List<JsonNode> points = awaitSignals("metric", 10);
			assertThat(points).extracting((point) -> point.get("payload").toString())
				.anySatisfy((text) -> assertThat(text).contains("jvm.memory.used"));

			JsonNode failure = logs.stream()
				.filter((log) -> log.get("payload").toString().contains("order-fail failed"))
				.findFirst()
				.orElseThrow();
			String trace = failure.get("trace_id").asString();
			assertThat(spans).as("the log belongs to one of the traces")
				.extracting((span) -> span.get("trace_id").asString())
				.contains(trace);
			Incidents incidents = new Incidents(this.gateway);
			JsonNode incident = incidents.awaitAbout(trace, this.service);
			JsonNode analysis = incidents.awaitAnalysis(incident.get("id").asString());
			assertThat(analysis.get("root_cause").asString()).contains(this.service);
		}
	}

	private List<JsonNode> awaitSignals(String type, int atLeast) {
		return Awaitility.await(atLeast + " signals of type " + type)
			.atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofMillis(500))
			.until(() -> Incidents.elements(this.gateway
				.get("/query/signals", Map.of("service_name", this.service, "signal_type", type, "limit", 1000))
				.json()
				.get("items")), (items) -> items.size() >= atLeast);
	}

	private JavaProcess shop(int port, String protocol) throws Exception {
		Path agent = Path.of("target/agent/opentelemetry-javaagent.jar").toAbsolutePath();
		Path classes = Path.of(ShopApplication.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		return new JavaProcess(this.service,
				List.of("-Xmx200m", "-javaagent:" + agent, "-cp", classes.toString(), ShopApplication.class.getName(),
						String.valueOf(port)),
				Map.of("OTEL_SERVICE_NAME", this.service, "OTEL_EXPORTER_OTLP_PROTOCOL", protocol,
						"OTEL_EXPORTER_OTLP_ENDPOINT",
						protocol.equals("grpc") ? "http://127.0.0.1:" + Whence.running().otlpGrpcPort()
								: this.gateway.url(),
						"OTEL_EXPORTER_OTLP_HEADERS", "x-api-key=" + Whence.KEY, "OTEL_METRIC_EXPORT_INTERVAL", "2000",
						"OTEL_BSP_SCHEDULE_DELAY", "500", "OTEL_BLRP_SCHEDULE_DELAY", "500"));
	}

	private static int buy(int port, String order) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/checkout/" + order))
			.timeout(Duration.ofSeconds(10))
			.build();
		return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
	}

}
