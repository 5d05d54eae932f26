package dev.whence.ingest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import dev.whence.model.LogRecord;
import dev.whence.model.MetricPoint;
import dev.whence.model.ProblemSubject;
import dev.whence.model.ProjectId;
import dev.whence.model.Severity;
import dev.whence.model.Signal;
import dev.whence.model.SignalsIngested;
import dev.whence.model.Span;
import dev.whence.model.TraceId;
import dev.whence.store.SignalFilter;
import dev.whence.store.SignalReader;
import dev.whence.support.wire.EventCodec;
import dev.whence.support.wire.EventWire;
import dev.whence.testkit.postgres.WithPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/** The native API over HTTP, on a real PostgreSQL. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "spring.config.name=application,ingest-service", "whence.wire.kind=in-process",
				"whence.security.mode=open" })
@WithPostgres
class IngestIT {

	@LocalServerPort
	int port;

	@Autowired
	SignalReader reader;

	@Autowired
	EventWire wire;

	RestTestClient client;

	@BeforeEach
	void connect() {
		this.client = RestTestClient.bindToServer().baseUrl("http://localhost:" + this.port).build();
	}

	@Test
	void aLogOfTheOriginalCodeIsStoredAndAnswersAccepted() {
		String trace = "req-" + UUID.randomUUID();
		post("/ingest/logs", log(UUID.randomUUID(), trace, "ERROR", "Payment failed")).expectStatus()
			.isEqualTo(202)
			.expectBody()
			.json("{\"status\":\"accepted\"}", org.springframework.test.json.JsonCompareMode.STRICT);
		assertThat(stored(trace)).singleElement().isInstanceOfSatisfying(LogRecord.class, (log) -> {
			assertThat(log.level()).isEqualTo("ERROR");
			assertThat(log.attributes()).containsEntry("order_id", "o-1");
		});
	}

	@Test
	void bothDialectsOfSpansAndMetricsAreTaken() {
		String trace = "dialects-" + UUID.randomUUID();
		post("/ingest/traces", """
				{"signal_id":"%s","trace_id":"%s","service_name":"payment","timestamp":"2026-01-19T01:02:03Z",
				 "span_id":"s2","parent_span_id":"s1","duration_ms":123.4,"status":"ERROR","attributes":{}}
				""".formatted(UUID.randomUUID(), trace)).expectStatus().isEqualTo(202);
		post("/ingest/traces", """
				{"signal_id":"%s","trace_id":"%s","span_id":"s1","parent_span_id":null,"service_name":"payment",
				 "name":"AUTHORIZE_PAYMENT","start_time":"2026-01-19T01:02:02Z","end_time":"2026-01-19T01:02:04Z"}
				""".formatted(UUID.randomUUID(), trace)).expectStatus().isEqualTo(202);
		post("/ingest/metrics", """
				{"signal_id":"%s","trace_id":"%s","service_name":"payment","timestamp":1768784524,
				 "metric_name":"http_request_latency","value":2000,"unit":"ms"}
				""".formatted(UUID.randomUUID(), trace)).expectStatus().isEqualTo(202);
		String service = "readme-" + UUID.randomUUID();
		post("/ingest/metrics", """
				{"name":"http_request_duration","value":1.5,"service_name":"%s","timestamp":"2026-01-19T01:02:03Z"}
				""".formatted(service)).expectStatus().isEqualTo(202);
		List<Signal> signals = stored(trace);
		assertThat(signals).hasSize(3);
		assertThat(((Span) signals.getFirst()).duration()).hasSeconds(2);
		assertThat(((Span) signals.get(1)).duration()).hasNanos(123_400_000);
		assertThat(((MetricPoint) signals.get(2)).value()).isEqualTo(2000);
		assertThat(this.reader.count(ProjectId.DEFAULT, new SignalFilter(null, service, null, null, null), 10))
			.isEqualTo(1);
	}

	@Test
	void aRepeatIsAcceptedAndStoredOnce() {
		String trace = "repeat-" + UUID.randomUUID();
		String body = log(UUID.randomUUID(), trace, "INFO", "hello");
		post("/ingest/logs", body).expectStatus().isEqualTo(202);
		post("/ingest/logs", body).expectStatus()
			.isEqualTo(202)
			.expectBody()
			.jsonPath("$.outcome")
			.isEqualTo("duplicate");
		assertThat(stored(trace)).hasSize(1);
	}

	@Test
	void anotherBodyUnderTheSameIdIsToldAndTheFirstStays() {
		String trace = "conflict-" + UUID.randomUUID();
		UUID id = UUID.randomUUID();
		post("/ingest/logs", log(id, trace, "INFO", "first")).expectStatus().isEqualTo(202);
		post("/ingest/logs", log(id, trace, "INFO", "second")).expectStatus()
			.isEqualTo(202)
			.expectBody()
			.jsonPath("$.outcome")
			.isEqualTo("conflict");
		assertThat(stored(trace)).singleElement()
			.isInstanceOfSatisfying(LogRecord.class, (log) -> assertThat(log.message()).isEqualTo("first"));
	}

	@Test
	void fiftyClientsRacingOnOneTraceAllSucceed() throws Exception {
		String trace = "race-" + UUID.randomUUID();
		String shared = log(UUID.randomUUID(), trace, "ERROR", "Payment failed");
		List<Callable<Integer>> clients = IntStream.range(0, 50).<Callable<Integer>>mapToObj((i) -> () -> {
			String body = (i % 2 == 0) ? shared : log(UUID.randomUUID(), trace, "ERROR", "Payment failed");
			return post("/ingest/logs", body).returnResult(String.class).getStatus().value();
		}).toList();
		try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
			for (var answer : executor.invokeAll(clients)) {
				assertThat(answer.get()).isEqualTo(202);
			}
		}
		assertThat(stored(trace)).hasSize(26);
	}

	@Test
	void aProblemIsAnnouncedOnTheWireAndAnInfoIsNot() {
		List<ProblemSubject> announced = new CopyOnWriteArrayList<>();
		try (var _ = this.wire.subscribe(SignalsIngested.TOPIC, "ingest-it",
				(message) -> announced.add(((SignalsIngested) EventCodec.decode(message)).subject()))) {
			String quiet = "quiet-" + UUID.randomUUID();
			String loud = "loud-" + UUID.randomUUID();
			post("/ingest/logs", log(UUID.randomUUID(), quiet, "INFO", "failover complete"));
			post("/ingest/logs", log(UUID.randomUUID(), loud, "ERROR", "Payment failed"));
			Awaitility.await()
				.untilAsserted(() -> assertThat(announced).contains(new ProblemSubject(ProblemSubject.Kind.TRACE, loud))
					.doesNotContain(new ProblemSubject(ProblemSubject.Kind.TRACE, quiet)));
			assertThat(this.reader.problems(ProjectId.DEFAULT, new ProblemSubject(ProblemSubject.Kind.TRACE, loud), 10))
				.singleElement()
				.satisfies((problem) -> assertThat(problem.severity()).isEqualTo(Severity.HIGH));
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					{"trace_id":"t","service_name":"s","timestamp":"2026-01-19T01:02:03Z","level":"I","message":"m"}|/signal_id
					{"signal_id":"1-1-1-1-1","trace_id":"t","service_name":"s","timestamp":0,"level":"I","message":"m"}|/signal_id
					{"signal_id":"%1$s","service_name":"s","timestamp":0,"level":"I","message":"m"}|/trace_id
					{"signal_id":"%1$s","trace_id":"","service_name":"s","timestamp":0,"level":"I","message":"m"}|/trace_id
					{"signal_id":"%1$s","trace_id":7,"service_name":"s","timestamp":0,"level":"I","message":"m"}|/trace_id
					{"signal_id":"%1$s","trace_id":"t","timestamp":0,"level":"I","message":"m"}|/service_name
					{"signal_id":"%1$s","trace_id":"t","service_name":"s","timestamp":"soon","level":"I","message":"m"}|/timestamp
					{"signal_id":"%1$s","trace_id":"t","service_name":"s","timestamp":1e300,"level":"I","message":"m"}|/timestamp
					{"signal_id":"%1$s","trace_id":"t","service_name":"s","timestamp":0,"message":"m"}|/level
					{"signal_id":"%1$s","trace_id":"t","service_name":"s","timestamp":0,"level":"I","message":null}|/message
					{"signal_id":"%1$s","trace_id":"t","service_name":"s","timestamp":0,"level":"I","message":"m","attributes":[]}|/attributes
					{"signal_id":"%1$s","trace_id":"t","service_name":"s","timestamp":0,"level":"I","message":"m","attributes":{"x":1e400}}|/attributes/x
					""")
	void aWrongFieldIsNamedAndNothingIsStored(String body, String pointer) {
		long before = this.reader.count(ProjectId.DEFAULT, SignalFilter.ALL, 100_000);
		post("/ingest/logs", body.formatted(UUID.randomUUID())).expectStatus()
			.isEqualTo(422)
			.expectHeader()
			.contentType("application/problem+json")
			.expectBody()
			.jsonPath("$.errors[0].pointer")
			.isEqualTo(pointer)
			.jsonPath("$.code")
			.isEqualTo("invalid-field");
		assertThat(this.reader.count(ProjectId.DEFAULT, SignalFilter.ALL, 100_000)).isEqualTo(before);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "[]", "null", "\"text\"", "{\"a\":1} trailing", "{\"a\":1,\"a\":2}", "{'a':1}" })
	void aBodyThatIsNotOneJsonObjectIsMalformed(String body) {
		post("/ingest/logs", body).expectStatus()
			.isEqualTo(400)
			.expectBody()
			.jsonPath("$.code")
			.isEqualTo("malformed-body");
	}

	@Test
	void anUnknownContentTypeIsRefused() {
		this.client.post()
			.uri("/ingest/logs")
			.contentType(MediaType.TEXT_XML)
			.body("<log/>")
			.exchange()
			.expectStatus()
			.isEqualTo(415);
	}

	@Test
	void anotherMethodIsRefusedWithTheOneThatWorks() {
		this.client.get()
			.uri("/ingest/logs")
			.exchange()
			.expectStatus()
			.isEqualTo(405)
			.expectHeader()
			.valueEquals("Allow", "POST");
	}

	@Test
	void aBodyBeyondTheLimitIsRefused() {
		byte[] body = new byte[17 * 1024 * 1024];
		Arrays.fill(body, (byte) ' ');
		this.client.post()
			.uri("/ingest/logs")
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.exchange()
			.expectStatus()
			.isEqualTo(413);
	}

	@Test
	void charactersThatPostgresCannotStoreAreReplaced() {
		String trace = "dirty-" + UUID.randomUUID();
		post("/ingest/logs",
				log(UUID.randomUUID(), trace, "INFO", "nul \\u0000 and lone \\ud800 surrogate, pair \\ud83d\\ude00"))
			.expectStatus()
			.isEqualTo(202);
		assertThat(((LogRecord) stored(trace).getFirst()).message())
			.isEqualTo("nul \uFFFD and lone \uFFFD surrogate, pair \uD83D\uDE00");
	}

	@Test
	void anIdThatPostgresCannotStoreIsCleanedInAProblem() {
		String trace = "nul-" + UUID.randomUUID();
		post("/ingest/logs", log(UUID.randomUUID(), trace + "\\u0000", "ERROR", "Payment failed")).expectStatus()
			.isEqualTo(202);
		assertThat(stored(trace + "\uFFFD")).hasSize(1);
	}

	@Test
	void aSpanOfCenturiesIsRefused() {
		post("/ingest/traces", """
				{"signal_id":"%s","trace_id":"t","span_id":"s1","parent_span_id":null,"service_name":"payment",
				 "name":"x","start_time":"1700-01-01T00:00:00Z","end_time":"2200-01-01T00:00:00Z"}
				""".formatted(UUID.randomUUID())).expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.errors[0].pointer")
			.isEqualTo("/end_time");
	}

	@Test
	void extraKeysAreKeptAmongTheAttributes() {
		String trace = "extra-" + UUID.randomUUID();
		post("/ingest/logs", """
				{"signal_id":"%s","trace_id":"%s","service_name":"s","timestamp":"2026-01-19T01:02:03Z","level":"INFO",
				 "message":"m","stack_trace":"at x"}""".formatted(UUID.randomUUID(), trace)).expectStatus()
			.isEqualTo(202);
		assertThat(stored(trace).getFirst().attributes()).isEqualTo(Map.of("stack_trace", "at x"));
	}

	@Test
	void theProbesAnswerAsTheOriginalsDid() {
		this.client.get().uri("/ingest/health").exchange().expectStatus().isOk().expectBody().json("""
				{"status":"healthy","database":"connected","service":"ingestion-api"}""");
		this.client.get().uri("/health").exchange().expectStatus().isOk().expectBody().json("{\"status\":\"ok\"}");
		this.client.get().uri("/readiness").exchange().expectStatus().isOk().expectBody().json("""
				{"status":"ready","dependencies":{"database":"ok"}}""");
		this.client.get()
			.uri("/metrics")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.value((text) -> assertThat(text).contains("jvm_memory_used_bytes"));
		this.client.get()
			.uri("/openapi.json")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.paths['/ingest/logs'].post.summary")
			.isEqualTo("Store one log record");
	}

	private RestTestClient.ResponseSpec post(String path, String body) {
		return this.client.post()
			.uri(path)
			.contentType(MediaType.APPLICATION_JSON)
			.body(body.getBytes(StandardCharsets.UTF_8))
			.exchange();
	}

	private List<Signal> stored(String trace) {
		return this.reader.ofTraces(ProjectId.DEFAULT, List.of(new TraceId(trace)), 1000);
	}

	private static String log(UUID id, String trace, String level, String message) {
		return """
				{"signal_id":"%s","trace_id":"%s","service_name":"payment-service",
				 "timestamp":"2026-11-21T00:20:14.258263+00:00","level":"%s","message":"%s","attributes":{"order_id":"o-1"}}
				"""
			.formatted(id, trace, level, message);
	}

}
