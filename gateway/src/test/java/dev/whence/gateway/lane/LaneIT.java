package dev.whence.gateway.lane;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.whence.gateway.Exchange;
import dev.whence.gateway.RawClient;
import dev.whence.gateway.RunningGateway;
import dev.whence.gateway.ServiceBehind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The short way to ingest and the long one look alike from both ends. */
class LaneIT {

	private static final ServiceBehind ingest = ServiceBehind.named("ingest");

	private static RunningGateway gateway;

	@BeforeAll
	static void start() {
		gateway = RunningGateway.with("whence.gateway.services.ingest=" + ingest.url(),
				"whence.gateway.lane.enabled=true", "whence.gateway.lane.largest-body=100KB",
				"whence.gateway.lane.in-flight=100KB", "whence.gateway.lane.patience=100ms",
				"whence.gateway.guard.concurrency=4");
	}

	@AfterAll
	static void stop() {
		gateway.close();
		ingest.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "X-User-Id", "x-tenant-id", "X-Project-Id", "X-Internal-Call", "Forwarded",
			"X-Forwarded-For", "X-Real-IP", "X-Original-URL" })
	void whatAClientClaimsAboutItselfDoesNotPass(String header) {
		Exchange exchange = gateway.post("/ingest/logs", "{}", header, "victim", "X-Api-Key", "k", "X-Request-Id",
				"req-1");

		assertThat(exchange.status()).isEqualTo(200);
		assertThat(ingest.last().header(header)).isEmpty();
		assertThat(ingest.last().header("X-Api-Key")).isEqualTo("k");
		assertThat(ingest.last().header("X-Correlation-Id")).isEqualTo("req-1");
	}

	@Test
	void bothWaysSayTheSameToTheClientAndToIngest() {
		Exchange lane = gateway.post("/ingest/logs", "{}", "X-Correlation-Id", "mine", "Content-Encoding", "none");
		ServiceBehind.Received byLane = ingest.last();
		Exchange router = Exchange.send(gateway.port(), "POST", "/ingest/logs",
				BodyPublishers.ofInputStream(() -> new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8))),
				"X-Correlation-Id", "mine", "Content-Encoding", "none");
		ServiceBehind.Received byRouter = ingest.last();

		assertThat(byLane.body()).isEqualTo(byRouter.body());
		assertThat(byLane.headers().keySet()).contains("Content-encoding", "X-correlation-id", "User-agent");
		for (String header : new String[] { "Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options",
				"Referrer-Policy", "X-Correlation-Id" }) {
			assertThat(lane.response().headers().allValues(header)).as(header)
				.isEqualTo(router.response().headers().allValues(header))
				.hasSize(1);
		}
		assertThat(lane.body()).isEqualTo(router.body());
		assertThat(gateway.get("/metrics").body())
			.containsPattern("http_server_requests_seconds_count\\{[^}]*uri=\"/ingest/logs\"");
	}

	@Test
	void aPageIsAnsweredByTheRouterWhichKnowsItsOrigin() {
		Exchange exchange = gateway.post("/ingest/logs", "{}", "Origin", "https://shop.example");

		assertThat(exchange.header("Access-Control-Allow-Origin")).isEqualTo("*");
	}

	@Test
	void whoeverAnnouncesMuchAndSendsLittleTakesNothingFromOthers() throws IOException {
		List<RawClient> slow = new ArrayList<>();
		try {
			for (int i = 0; i < 50; i++) {
				slow.add(RawClient.connect(gateway.port()).says(announcing(90_000)).says("x"));
			}
			await().until(() -> held() == 50);

			for (int i = 0; i < 20; i++) {
				assertThat(gateway.post("/v1/logs", "x".repeat(90_000)).status()).isEqualTo(200);
			}
			// The answer is there a moment before its room is.
			await().until(() -> held() == 50);
			assertThat(slow.getFirst().says("x".repeat(89_999)).hears()).startsWith("HTTP/1.1 200");
		}
		finally {
			for (RawClient client : slow) {
				client.close();
			}
		}
		await().until(() -> held() == 0);
	}

	@Test
	void whoeverHoldsRoomForLongGivesWayWhenOthersNeedIt() throws Exception {
		try (RawClient slow = RawClient.connect(gateway.port())) {
			slow.says(announcing(90_000)).says("x".repeat(80_000));
			await().until(() -> held() == 80_000);

			await()
				.untilAsserted(() -> assertThat(gateway.post("/v1/logs", "x".repeat(60_000)).status()).isEqualTo(200));
			assertThat(slow.hears()).startsWith("HTTP/1.1 503").containsPattern("(?i)retry-after: [1-5]\r");
		}
		await().until(() -> held() == 0);
	}

	@Test
	void whatFindsNoRoomIsRefusedBeforeItIsSent() throws Exception {
		CountDownLatch done = new CountDownLatch(1);
		ingest.answers((exchange) -> {
			try {
				done.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			ServiceBehind.text(200, "late").to(exchange);
		});
		int before = ingest.received().size();
		try (RawClient first = RawClient.connect(gateway.port());
				RawClient second = RawClient.connect(gateway.port())) {
			first.says(announcing(60_000)).says("x".repeat(60_000));
			await().until(() -> ingest.received().size() > before);

			assertThat(second.says(announcing(60_000)).hears()).startsWith("HTTP/1.1 503")
				.containsPattern("(?i)retry-after: [1-5]\r");
			done.countDown();
			assertThat(first.hears()).startsWith("HTTP/1.1 200");
		}
		finally {
			done.countDown();
			ingest.answers(ServiceBehind.text(200, "ingest"));
		}
		assertThat(ingest.received()).hasSize(before + 1);
		assertThat(gateway.post("/v1/logs", "{}").status()).isEqualTo(200);
	}

	private static String announcing(int length) {
		return "POST /v1/logs HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: " + length
				+ "\r\n\r\n";
	}

	private static long held() {
		Matcher gauge = Pattern.compile("(?m)^whence_gateway_lane_inflight_bytes (\\S+)$")
			.matcher(gateway.get("/metrics").body());
		assertThat(gauge.find()).isTrue();
		return (long) Double.parseDouble(gauge.group(1));
	}

}
