package dev.whence.gateway.route;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

import dev.whence.gateway.Exchange;
import dev.whence.gateway.RunningGateway;
import dev.whence.gateway.ServiceBehind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RoutingIT {

	private static final ServiceBehind ingest = ServiceBehind.named("ingest");

	private static final ServiceBehind query = ServiceBehind.named("query");

	private static final ServiceBehind analysis = ServiceBehind.named("analysis");

	private static final ServiceBehind instrumenter = ServiceBehind.named("instrumenter");

	private static final ServiceBehind control = ServiceBehind.named("control");

	private static RunningGateway gateway;

	@BeforeAll
	static void start() {
		gateway = RunningGateway.with("whence.gateway.services.ingest=" + ingest.url(),
				"whence.gateway.services.query=" + query.url(), "whence.gateway.services.analysis=" + analysis.url(),
				"whence.gateway.services.instrumenter=" + instrumenter.url(),
				"whence.gateway.services.control=" + control.url());
	}

	@AfterAll
	static void stop() {
		gateway.close();
		ingest.close();
		query.close();
		analysis.close();
		instrumenter.close();
		control.close();
	}

	@BeforeEach
	void answerAsUsual() {
		ingest.answers(ServiceBehind.text(200, "ingest"));
	}

	@ParameterizedTest
	@CsvSource({ "POST, /ingest/logs, ingest", "POST, /ingest/batch, ingest", "GET, /ingest/health, ingest",
			"POST, /ingest, ingest", "POST, /v1/logs, ingest", "POST, /v1/traces, ingest", "POST, /v1/metrics, ingest",
			"GET, /v1/logs, ingest", "POST, /api/v2/spans, ingest", "GET, /api/v2/spans?serviceName=a, query",
			"POST, /api/v2/alerts, analysis", "POST, /api/v2/alerts/webhook, analysis", "GET, /api/v2/alerts, analysis",
			"GET, /api/v2/services, query", "GET, /api/v2/trace/abc, query", "GET, /jaeger/api/services, query",
			"GET, /query/signals?limit=3, query", "GET, /query/incidents, query", "GET, /query/incidents/7, query",
			"GET, /query/incidents/7/analysis, query", "POST, /query/incidents/7/acknowledge, analysis",
			"PATCH, /query/incidents/7, analysis", "POST, /query/incidents/bulk, analysis",
			"POST, /query/incidents/dry-run, analysis", "POST, /query/incidents/7/analysis/rerun, analysis",
			"POST, /query/incidents/7/analysis/feedback, analysis", "GET, /query/incidents/7/analyses, query",
			"GET, /query/incidents/facets, query", "GET, /query/incidents/stats, query", "GET, /query/problems, query",
			"GET, /query/problems/f1, query", "POST, /query/problems/f1/ignore, analysis", "GET, /query/changes, query",
			"POST, /query/changes, analysis", "GET, /query/analysis/accuracy, query",
			"GET, /query/services/shop/front%20end, query", "GET, /query/spans/t/s/percentile, query",
			"POST, /debug/analyze/req-1, analysis", "GET, /query/traces/req-1, query", "GET, /runs, query",
			"GET, /runs/1/steps, query", "GET, /analyze/1, query", "POST, /workflow/instrument, instrumenter",
			"GET, /workflow/rules, instrumenter", "GET, /api/notifications/channels, analysis",
			"POST, /api/notifications/channels/7/test, analysis", "POST, /api/auth/login, control",
			"GET, /api/build/7, control", "GET, /api/ping, control", "GET, /.well-known/jwks.json, control" })
	void everyPathReachesItsService(String method, String path, String service) {
		Exchange exchange = gateway.send(method, path, "GET".equals(method) ? "" : "{}");

		assertThat(exchange.status()).isEqualTo(200);
		assertThat(exchange.body()).isEqualTo(service);
	}

	@ParameterizedTest
	@CsvSource({ "GET, /nothing", "POST, /v1development/profiles", "GET, /actuator/env", "GET, //query/signals",
			"GET, /query/../ingest/logs", "GET, /ingest%2f..%2factuator" })
	void whatHasNoRouteIsNotFound(String method, String path) {
		int before = ingest.received().size();

		Exchange exchange = gateway.send(method, path, "");

		assertThat(exchange.status()).isIn(400, 404);
		assertThat(ingest.received()).hasSize(before);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/query/search?q=level:%3E=error%20%22timed%20out%22", "/query/search?q=a%3D1&cursor=YQ==",
			"/query/search?q=a=b", "/query/trace/a%2Fb%3Dc?x=%25=", "/query/signals?service_name=a+b=c" })
	void whatIsWrittenReachesTheServiceAsItIs(String uri) {
		gateway.get(uri);
		assertThat(query.last().uri()).isEqualTo(uri);
	}

	@Test
	void aProblemSaysThatNothingIsThere() {
		Exchange exchange = gateway.get("/nothing", "X-Correlation-Id", "abc-1");

		assertThat(exchange.status()).isEqualTo(404);
		assertThat(exchange.header("Content-Type")).isEqualTo("application/problem+json");
		assertThat(exchange.json().get("code").asString()).isEqualTo("not-found");
		assertThat(exchange.json().get("instance").asString()).isEqualTo("/nothing");
		assertThat(exchange.json().get("traceId").asString()).isEqualTo("abc-1");
	}

	@Test
	void anAnswerOfTheServicePassesThroughUntouched() {
		ingest.answers(ServiceBehind.text(503, "{\"code\":14,\"message\":\"full\"}", "Content-Type", "application/json",
				"Retry-After", "7"));

		Exchange exchange = gateway.post("/v1/logs", "{}", "Content-Type", "application/json");

		assertThat(exchange.status()).isEqualTo(503);
		assertThat(exchange.header("Retry-After")).isEqualTo("7");
		assertThat(exchange.header("Content-Type")).isEqualTo("application/json");
		assertThat(exchange.body()).isEqualTo("{\"code\":14,\"message\":\"full\"}");
	}

	@Test
	void aFailureOfTheServiceStaysItsOwn() {
		ingest.answers(ServiceBehind.text(500, "{\"detail\":\"bug\"}", "Content-Type", "application/json"));

		Exchange exchange = gateway.post("/ingest/logs", "{}");

		assertThat(exchange.status()).isEqualTo(500);
		assertThat(exchange.body()).isEqualTo("{\"detail\":\"bug\"}");
	}

	@Test
	void aCompressedBodyArrivesCompressed() throws IOException {
		byte[] zipped = gzip("{\"a\":1}");

		Exchange exchange = Exchange.send(gateway.port(), "POST", "/v1/traces", BodyPublishers.ofByteArray(zipped),
				"Content-Type", "application/json", "Content-Encoding", "gzip");

		assertThat(exchange.status()).isEqualTo(200);
		assertThat(ingest.last().header("Content-Encoding")).isEqualTo("gzip");
		assertThat(ingest.last().body()).isEqualTo(zipped);
	}

	@Test
	void aCompressedAnswerArrivesCompressed() throws IOException {
		byte[] zipped = gzip("answer");
		ingest.answers((exchange) -> {
			exchange.getResponseHeaders().add("Content-Encoding", "gzip");
			exchange.sendResponseHeaders(200, zipped.length);
			exchange.getResponseBody().write(zipped);
		});

		Exchange exchange = gateway.post("/ingest/logs", "{}", "Accept-Encoding", "gzip");

		assertThat(exchange.header("Content-Encoding")).isEqualTo("gzip");
		assertThat(exchange.response().body()).isEqualTo(zipped);
	}

	@Test
	void controlIsToldWhereAClientIsAndTheClientHasNoSayInIt() {
		gateway.post("/api/auth/jwt/login", "{}", "X-Internal-Client-Address", "203.0.113.9", "X-Forwarded-For",
				"203.0.113.9");
		assertThat(control.last().header("X-Internal-Client-Address")).isEqualTo("127.0.0.1");
		assertThat(control.last().header("X-Forwarded-For")).isEmpty();
	}

	@Test
	void anAnswerIsStreamedNotCollected() throws Exception {
		CountDownLatch firstPartSeen = new CountDownLatch(1);
		ingest.answers((exchange) -> {
			exchange.sendResponseHeaders(200, 0);
			exchange.getResponseBody().write("first".getBytes());
			exchange.getResponseBody().flush();
			await(firstPartSeen);
			exchange.getResponseBody().write("second".getBytes());
		});
		var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/ingest/logs")).build();

		try (HttpClient client = HttpClient.newHttpClient();
				var body = client.send(request, BodyHandlers.ofInputStream()).body()) {
			assertThat(body.readNBytes(5)).isEqualTo("first".getBytes());
			firstPartSeen.countDown();
			assertThat(body.readAllBytes()).isEqualTo("second".getBytes());
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static byte[] gzip(String text) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
			out.write(text.getBytes());
		}
		return bytes.toByteArray();
	}

}
