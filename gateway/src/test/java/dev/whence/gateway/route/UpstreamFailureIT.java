package dev.whence.gateway.route;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import com.google.protobuf.UnknownFieldSet;
import dev.whence.gateway.Exchange;
import dev.whence.gateway.RunningGateway;
import dev.whence.gateway.ServiceBehind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * One service per kind of failure, so that the tests do not open each other's breakers.
 */
class UpstreamFailureIT {

	private static final ServiceBehind closed = ServiceBehind.named("closed");

	private static final ServiceBehind slow = ServiceBehind.named("slow");

	private static final ServiceBehind narrow = ServiceBehind.named("narrow");

	private static final ServiceBehind abrupt = ServiceBehind.named("abrupt");

	private static RunningGateway gateway;

	@BeforeAll
	static void start() {
		closed.close();
		gateway = RunningGateway.with("whence.gateway.services.ingest=" + closed.url(),
				"whence.gateway.services.query=" + slow.url(), "whence.gateway.services.analysis=" + abrupt.url(),
				"whence.gateway.services.control=" + narrow.url(), "whence.gateway.guard.time-limit=4s",
				"whence.gateway.guard.concurrency=4", "whence.gateway.guard.breaker-minimum-calls=20",
				"whence.gateway.guard.breaker-open-for=300ms");
	}

	@AfterAll
	static void stop() {
		gateway.close();
		slow.close();
		narrow.close();
		abrupt.close();
	}

	@Test
	void aServiceThatIsDownIsTemporarilyUnavailable() {
		Exchange exchange = gateway.post("/ingest/logs", "{}");

		assertThat(exchange.status()).isEqualTo(503);
		assertThat(exchange.header("Retry-After")).matches("[1-5]");
		assertThat(exchange.header("Content-Type")).isEqualTo("application/problem+json");
		assertThat(exchange.json().get("code").asString()).isEqualTo("dependency-unavailable");
		assertThat(exchange.body()).doesNotContain("127.0.0.1", "localhost", "Exception");
	}

	@Test
	void otlpInJsonReadsTheFailureInJson() {
		Exchange exchange = gateway.post("/v1/logs", "{}", "Content-Type", "application/json; charset=utf-8");

		assertThat(exchange.status()).isEqualTo(503);
		assertThat(exchange.header("Content-Type")).isEqualTo("application/json");
		assertThat(exchange.header("Retry-After")).isNotEmpty();
		assertThat(exchange.json().get("code").asInt()).isEqualTo(14);
		assertThat(exchange.json().get("message").asString()).isNotEmpty();
	}

	@Test
	void otlpInProtobufReadsTheFailureInProtobuf() throws Exception {
		Exchange exchange = gateway.post("/v1/traces", "", "Content-Type", "application/x-protobuf");

		assertThat(exchange.status()).isEqualTo(503);
		assertThat(exchange.header("Content-Type")).isEqualTo("application/x-protobuf");
		var status = UnknownFieldSet.parseFrom(exchange.response().body());
		assertThat(status.getField(1).getVarintList()).containsExactly(14L);
		assertThat(status.getField(2).getLengthDelimitedList()).hasSize(1);
	}

	@Test
	void aServiceThatIsTooSlowIsATimeout() {
		CountDownLatch never = new CountDownLatch(1);
		slow.answers((exchange) -> hold(never));

		Exchange exchange = gateway.get("/query/incidents");

		never.countDown();
		assertThat(exchange.status()).isEqualTo(504);
		assertThat(exchange.json().get("code").asString()).isEqualTo("upstream-timeout");
		assertThat(exchange.header("Retry-After")).isNotEmpty();
	}

	@Test
	void aServiceThatHangsUpIsUnavailable() {
		abrupt.answers((exchange) -> {
			throw new IOException("hang up without an answer");
		});

		Exchange exchange = gateway.post("/query/incidents/1/close", "{}");

		assertThat(exchange.status()).isEqualTo(503);
	}

	@Test
	void aFullServiceRefusesAtOnce() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		narrow.answers((exchange) -> {
			hold(release);
			exchange.sendResponseHeaders(204, -1);
		});
		try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
			Callable<Exchange> call = () -> gateway.get("/api/users/me");
			List<Future<Exchange>> first = IntStream.range(0, 4).mapToObj((i) -> clients.submit(call)).toList();
			await().until(() -> narrow.received().size() == 4);

			Exchange refused = gateway.get("/api/users/me");

			assertThat(refused.status()).isEqualTo(503);
			assertThat(refused.json().get("code").asString()).isEqualTo("overloaded");
			assertThat(refused.json().get("error")).isEqualTo(refused.json().get("detail"));
			assertThat(refused.header("Retry-After")).isNotEmpty();
			release.countDown();
			for (Future<Exchange> other : first) {
				assertThat(other.get().status()).isEqualTo(204);
			}
		}
	}

	@Test
	void aBreakerOpensAndClosesAgainWithTheService() {
		await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(1)).until(() -> {
			Exchange refused = gateway.post("/ingest/logs", "{}");
			assertThat(refused.status()).isEqualTo(503);
			return refused.json().get("detail").asString().contains("lately");
		});

		try (ServiceBehind back = ServiceBehind.named("ingest", closed.port())) {
			await().atMost(Duration.ofSeconds(5))
				.untilAsserted(() -> assertThat(gateway.post("/ingest/logs", "{}").status()).isEqualTo(200));
			assertThat(back.received()).isNotEmpty();
		}
	}

	@Test
	void readinessNamesTheServicesButDoesNotDependOnThem() {
		Exchange exchange = gateway.get("/readiness");

		assertThat(exchange.status()).isEqualTo(200);
		assertThat(exchange.json().at("/dependencies/instrumenter").asString()).isEqualTo("error");
		assertThat(exchange.json().at("/dependencies/error_message").asString()).endsWith("does not answer");
		assertThat(exchange.json().at("/dependencies/control").asString()).isNotEmpty();
		assertThat(gateway.get("/health").json().get("status").asString()).isEqualTo("ok");
		assertThat(gateway.get("/metrics").body()).contains("jvm_memory_used_bytes",
				"resilience4j_circuitbreaker_state", "resilience4j_bulkhead_available_concurrent_calls");
		gateway.get("/nothing");
		assertThat(gateway.get("/metrics").body()).contains("whence_gateway_refused_total{code=\"not-found\"}");
	}

	private static void hold(CountDownLatch latch) {
		try {
			latch.await(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
