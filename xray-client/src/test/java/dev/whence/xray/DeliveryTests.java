package dev.whence.xray;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.whence.xray.IngestServer.Reply;
import dev.whence.xray.IngestServer.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/** What becomes of events while servers are what servers are. */
class DeliveryTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final IngestServer server = new IngestServer();

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void eventsGoInBatchesAndInOrder() {
		try (XrayClient client = client().batchSize(20).build()) {
			record(client, 500);
			assertThat(client.flush()).isTrue();

			assertThat(names()).containsExactlyElementsOf(IntStream.range(0, 500).mapToObj(String::valueOf).toList());
			assertThat(this.server.requests()).allMatch((request) -> request.events() <= 20);
			assertThat(client.sent()).isEqualTo(500);
			assertThat(client.queued()).isZero();
		}
	}

	@Test
	void aFullBatchDoesNotWaitAndAHalfFullOneDoes() {
		try (XrayClient client = client().batchSize(10).batchDelay(Duration.ofDays(1)).build()) {
			record(client, 15);

			await().until(() -> client.sent() == 10);
			assertThat(client.queued()).isEqualTo(5);
			assertThat(client.flush()).isTrue();
			assertThat(this.server.requests()).extracting(Request::events).containsExactly(10, 5);
		}
	}

	@Test
	void eventsThatAreFewAreSentAfterAWhile() {
		try (XrayClient client = client().batchDelay(Duration.ofMillis(20)).build()) {
			record(client, 1);
			await().until(() -> client.sent() == 1);
			record(client, 1);
			await().until(() -> client.sent() == 2);
		}
	}

	@Test
	void closingSendsWhatWaits() {
		XrayClient client = client().batchDelay(Duration.ofDays(1)).build();
		record(client, 120);
		client.close();
		client.close();

		assertThat(this.server.events()).hasSize(120);
		assertThat(client.sent()).isEqualTo(120);
		record(client, 3);
		assertThat(client.dropped()).isEqualTo(3);
	}

	@Test
	void closingInAnInterruptedThreadSendsWhatWaits() {
		XrayClient client = client().batchDelay(Duration.ofDays(1)).build();
		record(client, 120);
		Thread.currentThread().interrupt();
		client.close();

		assertThat(Thread.interrupted()).isTrue();
		assertThat(client.sent()).isEqualTo(120);
	}

	@Test
	void anAbsentServerDelaysEventsAndLosesNone() {
		int port = IngestServer.unusedPort();
		try (XrayClient client = client().endpoint(IngestServer.endpoint(port)).build()) {
			record(client, 60);
			assertThat(client.sent()).isZero();
			try (IngestServer late = new IngestServer(port)) {
				await().atMost(PATIENCE).until(() -> client.sent() == 60);
				assertThat(late.events()).hasSize(60);
			}
			assertThat(client.dropped() + client.failed()).isZero();
		}
	}

	@Test
	void anAbsentServerDoesNotHoldUpTheEnd() {
		XrayClient client = client().endpoint(IngestServer.endpoint(IngestServer.unusedPort()))
			.closeTimeout(Duration.ofHours(1))
			.build();
		record(client, 60);

		assertTimeoutPreemptively(PATIENCE, client::close);
		assertThat(client.dropped()).isEqualTo(60);
	}

	@Test
	void aServerThatIsAwayForTooLongIsGivenUp() {
		try (XrayClient client = client().endpoint(IngestServer.endpoint(IngestServer.unusedPort()))
			.retryFor(Duration.ofMillis(1))
			.build()) {
			record(client, 3);

			await().until(() -> client.failed() == 3);
		}
	}

	@Test
	void recordingGoesOnWhileTheServerHangsAndWhatDoesNotFitIsDroppedAndCounted() {
		this.server.hang();
		try (XrayClient client = client().batchSize(5).maxQueuedEvents(10).build()) {
			record(client, 1000);
			assertThat(client.dropped()).isEqualTo(990);
			assertThat(client.queued()).isEqualTo(10);
			assertThat(client.sent()).isZero();
			this.server.goOn();
			assertThat(client.flush()).isTrue();

			assertThat(client.sent()).isEqualTo(10);
			record(client, 5);
			assertThat(client.flush()).isTrue();
			assertThat(client.sent()).isEqualTo(15);
			assertThat(this.server.events()).hasSize(15);
		}
	}

	@Test
	void bytesThatWaitAreBoundedToo() {
		this.server.hang();
		try (XrayClient client = client().maxQueuedBytes(100_000).build()) {
			for (int event = 0; event < 20; event++) {
				client.start("x".repeat(10_000));
			}
			assertThat(client.queued()).isEqualTo(9);
			assertThat(client.dropped()).isEqualTo(11);
			this.server.goOn();
		}
	}

	@Test
	void aServerThatHangsIsAskedAgain() {
		this.server.hang();
		try (XrayClient client = client().requestTimeout(Duration.ofMillis(200)).build()) {
			record(client, 2);
			await().until(() -> this.server.requests().size() >= 2);
			this.server.goOn();

			await().until(() -> client.sent() == 2);
			assertThat(client.failed()).isZero();
		}
	}

	@Test
	void aServerThatHangsDoesNotHoldUpTheEnd() {
		this.server.hang();
		XrayClient client = client().requestTimeout(Duration.ofHours(1)).closeTimeout(Duration.ofMillis(50)).build();
		record(client, 70);
		await().until(() -> this.server.requests().size() == 1);

		assertTimeoutPreemptively(PATIENCE, client::close);
		await().until(() -> client.dropped() == 70);
		assertThat(client.queued()).isZero();
	}

	@Test
	void aServerThatAsksForPatienceGetsIt() {
		this.server.replies(Reply.of(503).retryAfter("1"), Reply.of(429).retryAfter("1"));
		try (XrayClient client = client().build()) {
			record(client, 1);
			await().atMost(PATIENCE).until(() -> client.sent() == 1);

			List<Request> requests = this.server.requests();
			assertThat(requests).hasSize(3);
			assertThat(Duration.ofNanos(requests.get(1).nanos() - requests.get(0).nanos()))
				.isGreaterThanOrEqualTo(Duration.ofSeconds(1));
			assertThat(Duration.ofNanos(requests.get(2).nanos() - requests.get(1).nanos()))
				.isGreaterThanOrEqualTo(Duration.ofSeconds(1));
			assertThat(client.failed() + client.dropped()).isZero();
		}
	}

	@Test
	void patienceIsKeptWhileClosingToo() {
		this.server.replies(Reply.of(503).retryAfter("1"));
		XrayClient client = client().closeTimeout(PATIENCE).build();
		record(client, 2);
		client.close();

		assertThat(client.sent()).isEqualTo(2);
	}

	@Test
	void aServerThatAsksForMorePatienceThanThereIsTimeDoesNotHoldUpTheEnd() {
		this.server.replies(Reply.of(503).retryAfter("100000000000000000"));
		XrayClient client = client().batchSize(1)
			.retryFor(Duration.ofDays(100))
			.closeTimeout(Duration.ofDays(1))
			.build();
		record(client, 3);
		await().until(() -> this.server.requests().size() == 1);

		assertTimeoutPreemptively(PATIENCE, client::close);
		assertThat(client.dropped()).isEqualTo(3);
		assertThat(this.server.requests()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 408, 502, 504 })
	void whatIsTemporaryIsRepeated(int status) {
		this.server.replies(Reply.of(status), Reply.of(status));
		try (XrayClient client = client().build()) {
			record(client, 1);
			await().until(() -> client.sent() == 1);
			assertThat(this.server.requests()).hasSize(3);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 301, 400, 401, 404, 422, 500 })
	void whatIsRefusedIsCountedAndNeverSentAgain(int status) {
		this.server.replies(Reply.of(status).body("{\"detail\": \"no\\nway\"}"));
		try (XrayClient client = client().batchSize(4).build()) {
			this.server.hang();
			record(client, 6);
			this.server.goOn();
			assertThat(client.flush()).isTrue();

			assertThat(this.server.requests()).hasSizeBetween(2, 3);
			assertThat(client.failed()).isEqualTo(this.server.requests().get(0).events());
			assertThat(client.sent()).isEqualTo(6 - client.failed());
			assertThat(this.server.events()).hasSize((int) client.sent());
		}
	}

	@Test
	void eventsThatAreRefusedOneByOneAreCountedOneByOne() {
		this.server.replies(Reply.ok("{\"results\":[{\"status\":\"accepted\"},{\"status\":\"rejected\"}]}"),
				new Reply(422, Map.of(), "{\"results\":[{\"status\":\"rejected\"},{\"status\":\"accepted\"}]}"));
		try (XrayClient client = client().batchSize(2).batchDelay(Duration.ofDays(1)).build()) {
			record(client, 4);
			assertThat(client.flush()).isTrue();

			assertThat(client.sent()).isEqualTo(2);
			assertThat(client.failed()).isEqualTo(2);
			assertThat(this.server.requests()).hasSize(2);
		}
	}

	@Test
	void aBatchThatIsTooLargeIsHalvedUntilItFits() {
		this.server.replies(Reply.of(413), Reply.of(413), Reply.of(413));
		try (XrayClient client = client().batchSize(4).batchDelay(Duration.ofDays(1)).build()) {
			record(client, 4);
			assertThat(client.flush()).isTrue();

			assertThat(this.server.requests()).extracting(Request::events).containsExactly(4, 2, 1, 1, 2);
			assertThat(client.failed()).isOne();
			assertThat(names()).containsExactly("1", "2", "3");
		}
	}

	@Test
	void largeEventsGoInSmallBatches() {
		try (XrayClient client = client().batchDelay(Duration.ofDays(1)).build()) {
			for (int run = 0; run < 20; run++) {
				client.start("large")
					.tag("texts", List.of("x".repeat(30_000), "y".repeat(30_000), "z".repeat(30_000)))
					.close();
			}
			assertThat(client.flush()).isTrue();

			assertThat(client.sent()).isEqualTo(40);
			assertThat(this.server.requests()).extracting(Request::events).allMatch((events) -> events < 25);
		}
	}

	@Test
	void oneEventIsBoundedAndKeepsItsCounts() {
		try (XrayClient client = client().maxEventBytes(5000).build()) {
			Run run = client.start("large");
			Step step = run.step("filter", StepType.FILTER);
			IntStream.range(0, 100_000).forEach((number) -> step.candidates().drop("id" + number, "old"));
			step.outputs("x".repeat(1_000_000)).close();
			assertThat(client.flush()).isTrue();

			JsonNode data = this.server.data("step_complete").get(0);
			assertThat(data.path("metadata").path("total_count").asLong()).isEqualTo(100_000);
			assertThat(data.path("metadata").path("rejection_histogram").path("old").asLong()).isEqualTo(100_000);
			assertThat(data.path("truncated").asBoolean()).isTrue();
			assertThat(data.toString()).hasSizeLessThan(7000);
		}
	}

	@Test
	void keyAndCompressionAreSent() {
		try (XrayClient client = client().apiKey(" wh_key ").gzip(true).build()) {
			record(client, 3);
			assertThat(client.flush()).isTrue();

			assertThat(this.server.events()).hasSize(3);
			assertThat(this.server.requests().get(0).headers().getFirst("X-Api-Key")).isEqualTo("wh_key");
			assertThat(this.server.requests().get(0).headers().getFirst("Content-Encoding")).isEqualTo("gzip");
			assertThat(this.server.requests().get(0).headers().getFirst("Content-Type")).isEqualTo("application/json");
		}
	}

	@Test
	void nothingIsRecordedWhereThatIsOff() {
		try (XrayClient client = client().enabled(false).build()) {
			record(client, 3);
			assertThat(client.flush()).isTrue();
			assertThat(client.sent() + client.dropped() + client.failed()).isZero();
		}
		assertThat(this.server.requests()).isEmpty();
	}

	private XrayClient.Builder client() {
		return this.server.client();
	}

	/** Each run that starts is one event. */
	private void record(XrayClient client, int events) {
		IntStream.range(0, events).forEach((number) -> client.start(String.valueOf(number)));
	}

	private List<String> names() {
		return this.server.data("run_start").stream().map((run) -> run.path("name").asString()).toList();
	}

}
