package dev.whence.ingest.signal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import dev.whence.ingest.IngestApi;
import dev.whence.ingest.IngestApi.Answer;
import dev.whence.ingest.IngestTest;
import dev.whence.model.LogRecord;
import dev.whence.model.MetricPoint;
import dev.whence.model.ProjectId;
import dev.whence.model.Signal;
import dev.whence.model.Span;
import dev.whence.model.TraceId;
import dev.whence.store.SignalFilter;
import dev.whence.store.SignalReader;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Many signals in one request, on a real PostgreSQL. */
@IngestTest
class BatchIT {

	private static final String BATCH = "/ingest/batch";

	private static final String JSON = "application/json";

	private static final String LINES = "application/x-ndjson";

	/** Ways of being wrong; each is one item of an array and one line. */
	private static final List<String> BROKEN = List.of("7", "null", "\"text\"", "[]", "[[{}]]", "{}",
			"{\"signal_type\":\"event\"}", "{\"level\":\"INFO\"}", "{\"level\":\"I\",\"level\":\"I\"}",
			"{\"message\":1e999,\"signal_id\":\"x\"}", "{\"value\":\"many\",\"name\":\"m\"}",
			"{\"signal_id\":\"1\",\"trace_id\":\"\",\"service_name\":5,\"timestamp\":\"soon\",\"level\":[],\"message\":{}}",
			"{\"span_id\":\"s\",\"duration_ms\":-1}", "{\"message\":" + "[".repeat(100) + "]".repeat(100) + "}",
			"{\"" + "k".repeat(600) + "\":1}");

	@LocalServerPort
	int port;

	@Autowired
	SignalReader reader;

	@Autowired
	MeterRegistry registry;

	IngestApi api;

	String trace;

	@BeforeEach
	void begin() {
		this.api = new IngestApi(this.port);
		this.trace = "batch-" + UUID.randomUUID();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void signalsOfAllKindsAndDialectsAreTaken(boolean lines) {
		List<String> items = List.of(log(UUID.randomUUID(), "hello"), """
				{"signal_id":"%s","trace_id":"%s","service_name":"payment","timestamp":"2026-01-19T01:02:03Z",
				 "span_id":"s2","parent_span_id":"s1","duration_ms":123.4,"status":"ERROR","message":"extra"}
				""".formatted(UUID.randomUUID(), this.trace), """
				{"signal_id":"%s","trace_id":"%s","span_id":"s1","parent_span_id":null,"service_name":"payment",
				 "name":"AUTHORIZE","start_time":"2026-01-19T01:02:02Z","end_time":"2026-01-19T01:02:04Z"}
				""".formatted(UUID.randomUUID(), this.trace), """
				{"signal_id":"%s","trace_id":"%s","service_name":"payment","timestamp":1768784524,
				 "metric_name":"latency","value":20,"unit":"ms"}
				""".formatted(UUID.randomUUID(), this.trace), """
				{"signal_type":"metric","trace_id":"%s","name":"m","value":1.5,"service_name":"payment","timestamp":1,
				 "level":"not a log"}
				""".formatted(this.trace));
		Answer answer = post(items, lines, "?verbose=true");
		assertThat(answer.status()).as(answer.body()).isEqualTo(200);
		assertThat(answer.json().path("accepted").intValue()).isEqualTo(5);
		assertThat(answer.json().path("items")).hasSize(5)
			.allSatisfy((item) -> assertThat(item.path("status").stringValue()).isEqualTo("accepted"));
		assertThat(stored()).hasSize(5);
		assertThat(stored().stream().filter(Span.class::isInstance)).hasSize(2);
		assertThat(stored().stream().filter(MetricPoint.class::isInstance)).hasSize(2);
	}

	@Test
	void everyItemIsToldWhatBecameOfIt() {
		UUID known = UUID.randomUUID();
		UUID fresh = UUID.randomUUID();
		assertThat(post(List.of(log(known, "first")), false, "").json().path("accepted").intValue()).isEqualTo(1);
		Answer answer = post(List.of(log(known, "first"), log(known, "second"), "{\"message\":\"m\"}",
				log(fresh, "x").replace("2026-11-21", "someday"), log(fresh, "x"), log(fresh, "x"), log(fresh, "y")),
				false, "");
		assertThat(answer.json().toString()).startsWith(
				"{\"accepted\":1,\"duplicates\":2,\"conflicts\":2,\"rejected\":2,\"items\":[{\"index\":0,\"status\":\"duplicate\"},"
						+ "{\"index\":1,\"status\":\"conflict\"},{\"index\":2,\"status\":\"rejected\",\"errors\":[");
		assertThat(answer.json().at("/items/2/errors/0/pointer").stringValue()).isEqualTo("/2/signal_id");
		assertThat(answer.json().at("/items/3/errors/0/pointer").stringValue()).isEqualTo("/3/timestamp");
		assertThat(answer.json().at("/items/4").toString()).isEqualTo("{\"index\":5,\"status\":\"duplicate\"}");
		assertThat(answer.json().at("/items/5").toString()).isEqualTo("{\"index\":6,\"status\":\"conflict\"}");
		assertThat(stored()).extracting((signal) -> ((LogRecord) signal).message())
			.containsExactlyInAnyOrder("first", "x");
	}

	@Test
	void randomBrokenItemsNeverCostTheOthers() {
		Random random = new Random(11);
		for (int round = 0; round < 30; round++) {
			this.trace = "round-" + UUID.randomUUID();
			boolean lines = random.nextBoolean();
			int good = random.nextInt(40);
			int bad = random.nextInt(20);
			List<String> items = new ArrayList<>();
			IntStream.range(0, good).forEach((i) -> items.add(log(UUID.randomUUID(), "good " + i)));
			IntStream.range(0, bad).forEach((_) -> items.add(BROKEN.get(random.nextInt(BROKEN.size()))));
			if (lines && random.nextBoolean()) {
				items.add("{\"message\":");
				bad++;
			}
			Collections.shuffle(items, random);
			double before = counted();
			JsonNode answer = post(items, lines, "").json();
			assertThat(answer.path("accepted").intValue()).as("round %d: %s", round, items).isEqualTo(good);
			assertThat(answer.path("rejected").intValue()).isEqualTo(bad);
			assertThat(StreamSupport.stream(answer.path("items").spliterator(), false)
				.map((item) -> items.get(item.path("index").intValue()))).hasSize(bad)
				.noneMatch((item) -> item.contains("\"good "));
			assertThat(stored()).extracting((signal) -> ((LogRecord) signal).message())
				.containsExactlyInAnyOrderElementsOf(IntStream.range(0, good).mapToObj((i) -> "good " + i).toList());
			assertThat(counted() - before).isEqualTo(items.size());
		}
	}

	@Test
	void oneBatchFromFiveConnectionsIsStoredOnceAndCountedFiveTimes() throws Exception {
		List<String> items = IntStream.range(0, 300).mapToObj((i) -> log(UUID.randomUUID(), "n" + i)).toList();
		double before = counted();
		Callable<JsonNode> post = () -> post(items, false, "").json();
		int accepted = 0;
		int duplicates = 0;
		try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
			for (Future<JsonNode> answer : executor.invokeAll(List.of(post, post, post, post, post))) {
				accepted += answer.get().path("accepted").intValue();
				duplicates += answer.get().path("duplicates").intValue();
			}
		}
		assertThat(accepted).isEqualTo(300);
		assertThat(duplicates).isEqualTo(1200);
		assertThat(new TreeSet<>(stored().stream().map(Signal::signalId).toList())).hasSize(300);
		assertThat(stored()).hasSize(300);
		assertThat(counted() - before).isEqualTo(1500);
	}

	@Test
	void equalMetricsWithoutAnIdAreAllKeptAndARetryAddsNone() {
		String service = "twins-" + UUID.randomUUID();
		String point = "{\"name\":\"m\",\"value\":1,\"service_name\":\"%s\",\"timestamp\":1768784524}"
			.formatted(service);
		assertThat(post(List.of(point, point), false, "").json().path("accepted").intValue()).isEqualTo(2);
		assertThat(post(List.of(point, point), true, "").json().path("duplicates").intValue()).isEqualTo(2);
		assertThat(this.reader.count(ProjectId.DEFAULT, new SignalFilter(null, service, null, null, null), 10))
			.isEqualTo(2);
	}

	@Test
	void aBodyThatIsNoBatchIsRefusedAndNothingOfItIsStored() {
		String good = log(UUID.randomUUID(), "good");
		for (String body : List.of("", "{}", good, "[" + good, "[" + good + "]]", "[" + good + ",}]", "null")) {
			Answer answer = this.api.post(BATCH, JSON, body);
			assertThat(answer.status()).as(body).isEqualTo(400);
			assertThat(answer.json().path("code").stringValue()).isEqualTo("malformed-body");
		}
		assertThat(this.api.post(BATCH, "text/plain", "[]").status()).isEqualTo(415);
		assertThat(this.api.post("/ingest/logs", LINES, good).status()).isEqualTo(415);
		assertThat(this.api.post(BATCH + "?verbose=perhaps", JSON, "[]").status()).isEqualTo(400);
		assertThat(stored()).isEmpty();
	}

	@Test
	void anEmptyBatchIsTaken() {
		String nothing = "{\"accepted\":0,\"duplicates\":0,\"conflicts\":0,\"rejected\":0,\"items\":[]}";
		assertThat(this.api.post(BATCH, JSON, "[]").body()).isEqualTo(nothing);
		assertThat(this.api.post(BATCH, LINES, "\n\n").body()).isEqualTo(nothing);
	}

	@Test
	void moreThanTenThousandAreRefusedWithTheLimit() {
		Answer answer = this.api.post(BATCH, JSON, "[" + "1,".repeat(10_000) + "1]");
		assertThat(answer.status()).isEqualTo(413);
		assertThat(answer.json().path("detail").stringValue()).contains("10000");
	}

	@Test
	void aNumberThatWouldFillTheDatabaseIsRefusedByName() {
		Answer answer = this.api.post("/ingest/logs", JSON,
				log(UUID.randomUUID(), "m").replace("\"INFO\"", "\"INFO\",\"attributes\":{\"x\":[1,1e131071]}"));
		assertThat(answer.status()).isEqualTo(422);
		assertThat(answer.json().at("/errors/0/pointer").stringValue()).isEqualTo("/attributes/x/1");
		assertThat(
				this.api
					.post("/ingest/logs", JSON,
							log(UUID.randomUUID(), "m").replace("\"INFO\"",
									"\"INFO\",\"attributes\":{\"tiny\":1e-400000,\"huge\":" + "9".repeat(64) + "}"))
					.status())
			.isEqualTo(202);
		assertThat(stored().getFirst().attributes()).containsEntry("tiny", 0.0).containsEntry("huge", 1e64);
	}

	@Test
	void tooManyAttributesAreRefusedWithTheLimit() {
		String many = IntStream.range(0, 1001).mapToObj((i) -> "\"a" + i + "\":1").collect(Collectors.joining(","));
		Answer answer = this.api.post("/ingest/logs", JSON,
				log(UUID.randomUUID(), "m").replace("\"INFO\"", "\"INFO\",\"attributes\":{" + many + "}"));
		assertThat(answer.status()).isEqualTo(422);
		assertThat(answer.json().path("detail").stringValue()).startsWith("attributes may have 1000 entries");
	}

	@Test
	void theApiIsDescribed() {
		JsonNode paths = this.api.get("/openapi.json").json().path("paths");
		assertThat(paths.at("/~1ingest~1batch/post/requestBody/content/application~1x-ndjson").isMissingNode())
			.isFalse();
		assertThat(paths.at("/~1api~1v2~1spans/post/responses/202").isMissingNode()).isFalse();
		assertThat(paths.at("/~1ingest~1logs/post/responses/202/content/application~1json/schema").isMissingNode())
			.isFalse();
	}

	private Answer post(List<String> items, boolean lines, String query) {
		return lines
				? this.api.post(BATCH + query, LINES,
						items.stream().map((item) -> item.replace("\n", " ")).collect(Collectors.joining("\n")))
				: this.api.post(BATCH + query, JSON, "[" + String.join(",", items) + "]");
	}

	private String log(UUID id, String message) {
		return """
				{"signal_id":"%s","trace_id":"%s","service_name":"shop","timestamp":"2026-11-21T00:20:14.258263+00:00",\
				"level":"INFO","message":"%s"}""".formatted(id, this.trace, message);
	}

	private List<Signal> stored() {
		return this.reader.ofTraces(ProjectId.DEFAULT, List.of(new TraceId(this.trace)), 10_000);
	}

	/** Everything that was received, whatever became of it. */
	private double counted() {
		return this.registry.find("whence.ingest.signals")
			.counters()
			.stream()
			.mapToDouble((counter) -> counter.count())
			.sum();
	}

}
