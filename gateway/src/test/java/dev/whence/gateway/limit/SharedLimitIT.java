package dev.whence.gateway.limit;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import dev.whence.gateway.RunningGateway;
import dev.whence.gateway.ServiceBehind;
import dev.whence.testkit.redis.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Two gateways, one Redis, and what becomes of one key's budget. */
class SharedLimitIT {

	private static final int BURST = 40;

	private static final ServiceBehind ingest = ServiceBehind.named("ingest");

	private static final RedisServer redis = RedisServer.start();

	/** Closed together: those of one JVM have their connections in common. */
	private final List<RunningGateway> running = new ArrayList<>();

	@AfterEach
	void stopGateways() {
		this.running.forEach(RunningGateway::close);
	}

	@AfterAll
	static void stop() {
		redis.close();
		ingest.close();
	}

	@Test
	void twoGatewaysShareOneKeysBudget() {
		assertShared(sharing("2s"), sharing("2s"), "shared");
	}

	@Test
	void withoutRedisTwoGatewaysAllowTwiceAsMuch() {
		assertThat(passed(gateway("in-process", "5ms"), gateway("in-process", "5ms"), "apart")).isEqualTo(2 * BURST);
	}

	@Test
	void aDeadRedisLeavesTheLocalLimit() {
		RunningGateway left = sharing("2s");
		RunningGateway right = sharing("2s");
		redis.kill();
		try {
			assertLocallyLimited(left, "dead");
		}
		finally {
			redis.restart();
		}
		awaitSharing(left);
		awaitSharing(right);
		assertShared(left, right, "revived");
	}

	@Test
	void aHangingRedisLeavesTheLocalLimit() {
		RunningGateway hurried = sharing("5ms");
		redis.pause();
		try {
			assertLocallyLimited(hurried, "hanging");
		}
		finally {
			redis.resume();
		}
		awaitSharing(hurried);
	}

	@Test
	void aWipedRedisStartsAnewAndTheLocalLimitsHoldAllTheSame() throws IOException {
		RunningGateway left = sharing("2s");
		RunningGateway right = sharing("2s");
		Refill refill = new Refill();
		int passed = passed(left, right, "wiped");
		for (int wipe = 0; wipe < 3; wipe++) {
			wipe();
			passed += passed(left, right, "wiped");
		}

		// Four buckets of Redis were full, two of the gateways' own.
		assertThat(passed).isBetween(BURST, 2 * (BURST + refill.tokens()));
		assertShared(left, right, "not wiped");
	}

	private static void wipe() throws IOException {
		URI address = URI.create(redis.url());
		try (Socket socket = new Socket(address.getHost(), address.getPort())) {
			socket.getOutputStream().write("FLUSHALL\r\n".getBytes(StandardCharsets.US_ASCII));
			assertThat(socket.getInputStream().readNBytes(5)).asString().isEqualTo("+OK\r\n");
		}
	}

	private static void assertShared(RunningGateway left, RunningGateway right, String key) {
		Refill refill = new Refill();
		int passed = passed(left, right, key);
		assertThat(passed).isBetween(BURST, BURST + refill.tokens());
	}

	private static void assertLocallyLimited(RunningGateway gateway, String key) {
		Refill refill = new Refill();
		List<Integer> answers = IntStream.range(0, 2 * BURST).mapToObj((i) -> status(gateway, key)).toList();

		assertThat(answers).containsOnly(200, 429);
		assertThat(answers.subList(0, BURST)).containsOnly(200);
		assertThat(answers.stream().filter((status) -> status == 200).count()).isBetween((long) BURST,
				(long) BURST + refill.tokens());
		await().untilAsserted(() -> assertThat(redisOf(gateway)).isEqualTo("error"));
		assertThat(gateway.get("/readiness").status()).isEqualTo(200);
	}

	private static int passed(RunningGateway one, RunningGateway other, String key) {
		return (int) IntStream.range(0, BURST)
			.flatMap((i) -> IntStream.of(status(one, key), status(other, key)))
			.filter((status) -> status == 200)
			.count();
	}

	private static int status(RunningGateway gateway, String key) {
		return gateway.post("/ingest/logs", "{}", "X-Api-Key", key).status();
	}

	private static void awaitSharing(RunningGateway gateway) {
		await().until(() -> {
			gateway.post("/ingest/logs", "{}", "X-Api-Key", "asks");
			return redisOf(gateway).equals("ok");
		});
	}

	private static String redisOf(RunningGateway gateway) {
		return gateway.get("/readiness").json().at("/dependencies/redis").asString();
	}

	private RunningGateway sharing(String patience) {
		RunningGateway gateway = gateway("redis", patience);
		// The first question makes the connection.
		awaitSharing(gateway);
		return gateway;
	}

	private RunningGateway gateway(String kind, String patience) {
		RunningGateway gateway = RunningGateway.with("whence.gateway.services.ingest=" + ingest.url(),
				"whence.gateway.limit.shared.kind=" + kind, "whence.redis.url=" + redis.url(),
				"whence.gateway.limit.shared.patience=" + patience, "whence.gateway.limit.shared.timeout=2s",
				"whence.gateway.limit.shared.retry-after=200ms", "whence.gateway.limit.key-rate=1",
				"whence.gateway.limit.key-burst=" + BURST);
		this.running.add(gateway);
		return gateway;
	}

	/** What one bucket has gained since, however slow the machine is. */
	private record Refill(long begun) {

		Refill() {
			this(System.nanoTime());
		}

		int tokens() {
			return (int) Duration.ofNanos(System.nanoTime() - this.begun).toSeconds() + 1;
		}

	}

}
