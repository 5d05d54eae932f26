package dev.whence.query.service;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.whence.model.LogRecord;
import dev.whence.model.ProjectId;
import dev.whence.model.Span;
import dev.whence.model.SpanKind;
import dev.whence.model.TraceId;
import dev.whence.query.IngestSide;
import dev.whence.query.QueryApi;
import dev.whence.query.QueryTest;
import dev.whence.testkit.postgres.TestDatabase;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Every answer is what counting the stored signals of its range by hand gives. */
@QueryTest
@Import(IngestSide.class)
@TestPropertySource(properties = "test.database=services")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServiceQueryIT {

	private static final JsonMapper JSON = JsonMapper.shared();

	/** What a sketch may be off by, and half of what is rounded away. */
	private static final double ERROR = 0.023;

	private static final double ROUNDED = 0.0006;

	private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MINUTES);

	private static final Instant FROM = NOW.truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(3));

	private static final String SECRET = "not-your-business";

	@LocalServerPort
	private int port;

	private QueryApi api;

	private Business business;

	private JdbcClient jdbc;

	@BeforeAll
	void sendAndCount(@Autowired TestDatabase database, @Autowired IngestSide.Telemetry telemetry) {
		this.api = new QueryApi(this.port);
		this.jdbc = JdbcClient.create(database.dataSource());
		Flyway.configure()
			.dataSource(database.dataSource())
			.schemas("incidents")
			.locations("filesystem:../analysis-worker/src/main/resources/db/incidents")
			.load()
			.migrate();
		this.business = new Business(1, FROM, Duration.between(FROM, NOW.minusSeconds(120)), 400);
		telemetry.store(ProjectId.DEFAULT, this.business.signals());
		telemetry.count(ProjectId.DEFAULT, this.business.minutes());
		Business theirs = new Business(2, FROM, Duration.ofHours(1), 20);
		ProjectId other = new ProjectId(2);
		telemetry.store(other, theirs.signals());
		telemetry.store(other, secret());
		Set<Instant> minutes = new TreeSet<>(theirs.minutes());
		minutes.add(FROM);
		telemetry.count(other, minutes);
		telemetry.makeHours();
		telemetry.sign();
		this.jdbc
			.sql("""
					insert into incidents.change_event (project_id, service, at, kind, what) values
					    (1, 'cart', :at, 'deploy', 'cart 1.2'), (2, 'cart', :at, 'deploy', 'not-your-business');
					insert into incidents.incident (id, project_id, trace_id, title, status, severity, detected_at, first_seen,
					                                last_seen, affected_services, error_count, version, lock_version) values
					    (gen_random_uuid(), 1, '', 'Cart is slow', 'OPEN', 'HIGH', now(), now(), now(), '{cart}', 1, 1, 1),
					    (gen_random_uuid(), 1, '', 'Cart was slow', 'RESOLVED', 'HIGH', now(), now(), now(), '{cart}', 1, 1, 1),
					    (gen_random_uuid(), 2, '', 'not-your-business', 'OPEN', 'HIGH', now(), now(), now(), '{cart}', 1, 1, 1)
					""")
			.param("at", Timestamp.from(FROM.plusSeconds(5)))
			.update();
	}

	@ParameterizedTest
	@CsvSource({ "0, 180", "0, 60", "7, 133", "61, 62", "60, 181" })
	void servicesAreWhatCountingTheirSpansGives(int first, int end) {
		JsonNode answer = get("/query/services?" + new Range(first, end));
		Range range = answered(answer, first, end);
		Map<String, JsonNode> services = byName(answer.get("services"), "service");
		assertThat(services.keySet()).isEqualTo(names(range));
		services.forEach((name, service) -> assertFigures(service, range, name, "logs"));
	}

	@ParameterizedTest
	@CsvSource({ "0, 180", "13, 151" })
	void aServiceIsToldWithItsCourseItsOperationsAndItsNeighbours(int first, int end) {
		Range range = new Range(first, end);
		for (String name : names(range)) {
			JsonNode answer = detail(name, range.toString());
			Range answered = answered(answer, first, end);
			assertFigures(answer, answered, name, "log_count");
			assertSeries(answer, answered, name);
			assertOperations(answer.get("operations"), answered, name);
		}
		assertThat(detail(Business.FRONT, range.toString()).get("callers")).isEmpty();
		JsonNode cart = detail(Business.CART, range.toString());
		assertThat(cart.get("callees")).isEmpty();
		assertThat(cart.get("callers")).hasSize(1);
		assertThat(cart.get("open_incidents")).singleElement()
			.satisfies((incident) -> assertThat(incident.get("title").asString()).isEqualTo("Cart is slow"));
		assertThat(detail(Business.CART, new Range(0, 180).toString()).get("changes")).singleElement()
			.satisfies((change) -> assertThat(change.get("title").asString()).isEqualTo("cart 1.2"));
	}

	@Test
	void theMapShowsWhoCallsWhom() {
		JsonNode map = get("/query/service-map?" + new Range(0, 181));
		Range range = answered(map, 0, 181);
		Map<String, JsonNode> edges = byName(map.get("edges"), "callee");
		assertThat(edges.keySet()).isEqualTo(Set.of(Business.CART, Business.PAYMENT));
		for (Map.Entry<String, JsonNode> edge : edges.entrySet()) {
			List<Span> calls = this.business.called(edge.getKey(), range.from(), range.to());
			assertThat(edge.getValue().get("caller").asString()).isEqualTo(Business.FRONT);
			assertCalls(edge.getValue(), calls);
			assertQuantiles(edge.getValue(), calls, "p50_ms", "p95_ms");
			assertThat(edge.getValue().get("gap_p95_ms").isNull()).isFalse();
		}
		Map<String, JsonNode> nodes = byName(map.get("nodes"), "service");
		assertThat(nodes.keySet()).contains(Business.FRONT, Business.CART, Business.PAYMENT, Business.BATCH);
		assertThat(nodes.get(Business.CART).get("open_incidents").asLong()).isEqualTo(1);
		assertThat(nodes.get(Business.FRONT).get("open_incidents").asLong()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "0, 180, 120, 120", "0, 180, 10, 1800", "7, 20, 1440, 60", "0, 60, 3, 1800" })
	void errorsOverTimeAddUpToWhatWasSent(int first, int end, int buckets, int seconds) {
		Range range = new Range(first, end);
		JsonNode answer = get("/query/errors?buckets=" + buckets + "&" + range);
		assertThat(answer.get("bucket_seconds").asLong()).isEqualTo(seconds);
		Instant begin = answered(answer, first, end).from();
		byName(answer.get("services"), "service").forEach((name, service) -> {
			assertThat(service.get("series").size()).isLessThanOrEqualTo(buckets);
			Instant expected = begin;
			for (JsonNode point : service.get("series")) {
				Instant start = Instant.parse(point.get("start").asString());
				assertThat(start).isEqualTo(expected);
				expected = start.plusSeconds(seconds);
				assertCalls(point,
						this.business.served(name, start, expected.isBefore(range.to()) ? expected : range.to()));
			}
		});
		assertThat(get("/query/errors?service=cart&buckets=" + buckets + "&" + range).get("services")).singleElement()
			.isEqualTo(byName(answer.get("services"), "service").get("cart"));
	}

	@Test
	void aSpanKnowsItsRankAmongItsOperation() {
		for (Span span : this.business.spans((_) -> true).subList(0, 60)) {
			JsonNode answer = get("/query/spans/" + span.traceId() + "/" + span.spanId() + "/percentile");
			Range range = new Range(Instant.parse(answer.get("from").asString()),
					Instant.parse(answer.get("to").asString()));
			List<Span> like = this.business
				.spans((other) -> other.serviceName().equals(span.serviceName()) && other.name().equals(span.name())
						&& other.kind() == span.kind() && Business.isWithin(other, range.from(), range.to()));
			assertThat(answer.get("operation").asString()).isEqualTo(span.name());
			assertThat(answer.get("service").asString()).isEqualTo(span.serviceName());
			assertThat(answer.get("count").asInt()).isEqualTo(like.size());
			assertQuantiles(answer, like, "p50_ms", "p95_ms", "p99_ms");
			// Those of the same bucket cannot be told apart.
			double shorter = shareWithin(like, span.duration(), 1 - 2 * ERROR);
			double asLong = shareWithin(like, span.duration(), 1 + 2 * ERROR);
			assertThat(answer.get("percentile").asDouble()).isBetween(shorter, asLong);
		}
	}

	@Test
	void anySpanCanBeAskedFor() {
		Span span = this.business.spans((_) -> true).getFirst();
		assertThat(get("/query/spans/percentile?trace_id=" + span.traceId() + "&span_id="
				+ span.spanId().toUpperCase(Locale.ROOT) + "&service=shop/front%20end"))
			.isEqualTo(get("/query/spans/" + span.traceId() + "/" + span.spanId() + "/percentile"));
		for (String path : List.of("/query/spans/" + span.traceId() + "/1234567890abcdef/percentile",
				"/query/spans/unknown/" + span.spanId() + "/percentile",
				"/query/spans/" + span.traceId() + "/" + span.spanId() + "/percentile?service=cart",
				"/query/spans/" + "x".repeat(200) + "/y/percentile", "/query/spans/percentile?trace_id=&span_id=",
				"/query/spans/" + "5".repeat(32) + "/" + "6".repeat(16) + "/percentile")) {
			this.api.get(path).expectStatus().isNotFound();
		}
	}

	@Test
	void aNameIsFoundHoweverItIsSpelled() {
		String range = new Range(0, 180).toString();
		for (String path : List.of("/query/services/shop/front%20end?", "/query/service?service=shop%2Ffront%20end&",
				"/query/service?service=shop/front+end&")) {
			assertThat(getRaw(path + range).get("service").asString()).isEqualTo(Business.FRONT);
		}
		assertThat(getRaw("/query/services/payment%3Bv=2?" + range).get("service").asString())
			.isEqualTo(Business.PAYMENT);
		JsonNode nameless = get("/query/service?" + range);
		assertThat(nameless.get("service").asString()).isEmpty();
		assertThat(nameless.get("log_count").asInt()).isPositive();
	}

	@Test
	void aServiceThatWasNeverSeenIsNotFoundAndAQuietOneIsEmpty() {
		this.api.get("/query/services/nobody").expectStatus().isNotFound();
		this.api.get("/query/services/" + SECRET + "?" + new Range(0, 180)).expectStatus().isNotFound();
		this.api.get("/query/services/cart/sub").expectStatus().isNotFound();
		JsonNode quiet = get(
				"/query/services/cart?from=" + NOW.minus(Duration.ofDays(9)) + "&to=" + NOW.minus(Duration.ofDays(8)));
		assertThat(quiet.get("calls").asLong()).isZero();
		assertThat(quiet.get("p95_ms").isNull()).isTrue();
		assertThat(quiet.get("last_seen").isNull()).isTrue();
		assertThat(quiet.get("series")).isNotEmpty().allMatch((bucket) -> bucket.get("calls").asLong() == 0);
	}

	@Test
	void nothingOfAnotherProjectIsTold() {
		String range = new Range(0, 180).toString();
		for (String path : List.of("/query/services?", "/query/services/cart?", "/query/service-map?", "/query/errors?",
				"/query/storage?", "/query/ingest-health?")) {
			assertThat(get(path + range).toString()).doesNotContain(SECRET);
		}
		assertThat(get("/query/errors?service=" + SECRET + "&" + range).get("services")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "from=2026-03-01T11:00:00Z&to=2026-03-01T10:00:00Z, from",
			"from=2026-03-01T11:00:00Z&to=2026-03-01T11:00:00Z, from", "from=never, from", "to=never, to",
			"from=1990-01-01&to=2030-01-01, from", "from=1700-01-01, from", "to=9999-01-01, to",
			"from=2026-02-30T00:00:00Z, from", "from=%00, from" })
	void aRangeThatCannotBeIsRefusedByItsName(String query, String field) {
		for (String path : List.of("/query/services?", "/query/services/cart?", "/query/service-map?", "/query/errors?",
				"/query/ingest-health?")) {
			this.api.getRaw(path + query)
				.expectStatus()
				.isBadRequest()
				.expectBody()
				.jsonPath("$.detail")
				.value(String.class, (detail) -> assertThat(detail).contains("'" + field + "'"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/query/errors?buckets=0", "/query/errors?buckets=1441", "/query/errors?buckets=-1",
			"/query/errors?buckets=99999999999999", "/query/errors?buckets=many", "/query/errors?service=%00",
			"/query/service?service=a%00b", "/query/services/%00", "/query/spans/%00/a/percentile" })
	void aQuestionThatCannotBeReadIsRefused(String path) {
		this.api.getRaw(path).expectStatus().isBadRequest();
	}

	@ParameterizedTest
	@ValueSource(strings = { "from=2261-01-01T00:00:00Z&to=2261-01-02T00:00:00Z",
			"from=1680-01-01T00:00:00Z&to=1680-01-02T00:00:00Z", "to=2261-01-01T00:00:00Z" })
	void aRangeFarAwayIsEmpty(String range) {
		assertThat(get("/query/services?" + range).get("services")).isEmpty();
		assertThat(get("/query/errors?" + range).get("services")).isEmpty();
		assertThat(get("/query/service-map?" + range).get("nodes")).isEmpty();
	}

	@Test
	void theWatermarkStopsAtTheOldestMinuteThatWaits() {
		Instant before = watermark();
		assertThat(before).isBetween(Instant.now().minusSeconds(120), Instant.now().minusSeconds(30));
		Instant waiting = FROM.plus(Duration.ofMinutes(100));
		this.jdbc
			.sql("insert into incidents.job (project_id, kind, subject, wanted_version) values "
					+ "(1, 'ROLLUP', :minute, 1), (2, 'ROLLUP', :other, 1), (1, 'ROLLUP', :future, 1)")
			.param("minute", waiting.toString())
			.param("other", FROM.toString())
			.param("future", NOW.plus(Duration.ofHours(1)).toString())
			.update();
		try {
			assertThat(watermark()).isEqualTo(waiting);
			assertThat(get("/query/ingest-health?" + new Range(0, 180)).get("lag_seconds").asLong())
				.isCloseTo(Duration.between(waiting.plusSeconds(60), Instant.now()).toSeconds(), within(5L));
			// It is not in the range.
			assertThat(Instant.parse(get("/query/services?" + new Range(120, 180)).get("watermark").asString()))
				.isAfterOrEqualTo(before);
		}
		finally {
			this.jdbc.sql("delete from incidents.job").update();
		}
		this.jdbc.sql("update signals.rollup_worker set seen_at = now() - interval '10 minutes'").update();
		try {
			assertThat(watermark()).isBetween(Instant.now().minusSeconds(720), Instant.now().minusSeconds(630));
		}
		finally {
			this.jdbc.sql("update signals.rollup_worker set seen_at = now()").update();
		}
	}

	@Test
	void theApiIsDescribed() {
		JsonNode api = JSON.readTree(new QueryApi(this.port).getAnonymously("/openapi.json")
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody());
		for (String path : List.of("/query/services", "/query/services/{name}", "/query/service", "/query/service-map",
				"/query/errors", "/query/spans/{trace}/{span}/percentile", "/query/spans/percentile", "/query/storage",
				"/query/ingest-health")) {
			assertThat(api.get("paths").has(path)).as(path).isTrue();
		}
		assertThat(api.at("/components/schemas/ServiceDetail/properties").propertyNames()).contains("bucket_seconds",
				"open_incidents", "error_rate", "p95_ms");
	}

	@Test
	void oneBucketHoldsTheWholeRangeUnlessADayEndsInIt() {
		JsonNode series = get("/query/errors?service=cart&buckets=1&" + new Range(0, 180)).at("/services/0/series");
		long calls = 0;
		for (JsonNode point : series) {
			calls += point.get("calls").asLong();
		}
		assertThat(calls).isEqualTo(this.business.served(Business.CART, FROM, FROM.plus(Duration.ofHours(3))).size());
		assertThat(series.size()).isLessThanOrEqualTo(2);
	}

	/**
	 * What an answer is about: as asked, begun a little earlier where buckets are longer.
	 */
	private static Range answered(JsonNode answer, int first, int end) {
		Range asked = new Range(first, end);
		Range answered = new Range(Instant.parse(answer.get("from").asString()),
				Instant.parse(answer.get("to").asString()));
		assertThat(answered.to()).isEqualTo(asked.to());
		assertThat(answered.from()).isBetween(asked.from().minus(Duration.ofHours(1)), asked.from());
		if (end - first <= 120) {
			assertThat(answered.from()).isEqualTo(asked.from());
		}
		return answered;
	}

	private void assertFigures(JsonNode figures, Range range, String name, String logCount) {
		List<Span> served = this.business.served(name, range.from(), range.to());
		List<LogRecord> logs = this.business.logs(name, range.from(), range.to());
		assertCalls(figures, served);
		assertQuantiles(figures, served, "p50_ms", "p95_ms", "p99_ms");
		assertThat(figures.get(logCount).asInt()).isEqualTo(logs.size());
		assertThat(figures.get("error_logs").asLong())
			.isEqualTo(logs.stream().filter((log) -> Set.of("ERROR", "fatal").contains(log.level())).count());
		assertThat(Instant.parse(figures.get("last_seen").asString()))
			.isEqualTo(Stream.concat(served.stream().map(Span::timestamp), logs.stream().map(LogRecord::timestamp))
				.max(Instant::compareTo)
				.orElseThrow()
				.truncatedTo(ChronoUnit.MINUTES));
	}

	private void assertSeries(JsonNode answer, Range range, String name) {
		long seconds = answer.get("bucket_seconds").asLong();
		assertThat(answer.get("series").size()).isLessThanOrEqualTo(120);
		for (JsonNode bucket : answer.get("series")) {
			Instant start = Instant.parse(bucket.get("start").asString());
			Instant end = start.plusSeconds(seconds);
			List<Span> served = this.business.served(name, start, end.isBefore(range.to()) ? end : range.to());
			assertThat(bucket.get("calls").asInt()).isEqualTo(served.size());
			assertThat(bucket.get("errors").asLong()).isEqualTo(served.stream().filter(Span::failed).count());
			assertQuantiles(bucket, served, "p50_ms", "p95_ms", "p99_ms");
		}
		for (JsonNode bucket : answer.get("logs")) {
			Instant start = Instant.parse(bucket.get("start").asString());
			Instant end = start.plusSeconds(seconds);
			Map<String, Long> expected = this.business.logs(name, start, end.isBefore(range.to()) ? end : range.to())
				.stream()
				.collect(Collectors.groupingBy((log) -> log.level().toUpperCase(Locale.ROOT), Collectors.counting()));
			Map<String, Long> counts = new HashMap<>();
			bucket.get("counts").properties().forEach((count) -> counts.put(count.getKey(), count.getValue().asLong()));
			assertThat(counts).isEqualTo(expected);
		}
	}

	private void assertOperations(JsonNode operations, Range range, String name) {
		Map<List<String>, List<Span>> expected = this.business
			.spans((span) -> span.serviceName().equals(name) && Business.isWithin(span, range.from(), range.to()))
			.stream()
			.collect(
					Collectors.groupingBy((span) -> List.of(span.name(), span.kind().name().toLowerCase(Locale.ROOT))));
		assertThat(operations).hasSize(expected.size());
		long last = Long.MAX_VALUE;
		for (JsonNode operation : operations) {
			List<Span> spans = expected
				.get(List.of(operation.get("operation").asString(), operation.get("kind").asString()));
			assertCalls(operation, spans);
			assertQuantiles(operation, spans, "p50_ms", "p95_ms", "p99_ms");
			assertThat(operation.get("calls").asLong()).isLessThanOrEqualTo(last);
			last = operation.get("calls").asLong();
		}
	}

	private static void assertCalls(JsonNode answer, List<Span> spans) {
		long errors = spans.stream().filter(Span::failed).count();
		assertThat(answer.get("calls").asInt()).isEqualTo(spans.size());
		assertThat(answer.get("errors").asLong()).isEqualTo(errors);
		if (answer.has("error_rate")) {
			assertThat(answer.get("error_rate").asDouble())
				.isCloseTo(spans.isEmpty() ? 0 : (double) errors / spans.size(), within(1e-9));
		}
	}

	private static void assertQuantiles(JsonNode answer, List<Span> spans, String... names) {
		for (String name : names) {
			if (spans.isEmpty()) {
				assertThat(answer.get(name).isNull()).isTrue();
			}
			else {
				double exact = Business.quantile(spans, Integer.parseInt(name.substring(1, 3)) / 100.0);
				assertThat(answer.get(name).asDouble()).isCloseTo(exact, within(exact * ERROR + ROUNDED));
			}
		}
	}

	private static double shareWithin(List<Span> spans, Duration duration, double factor) {
		double limit = duration.toNanos() * factor;
		return (double) spans.stream().filter((span) -> span.duration().toNanos() < limit).count() / spans.size();
	}

	private Set<String> names(Range range) {
		Predicate<String> seen = (name) -> !this.business.served(name, range.from(), range.to()).isEmpty()
				|| !this.business.logs(name, range.from(), range.to()).isEmpty();
		return List.of(Business.FRONT, Business.CART, Business.PAYMENT, Business.BATCH, "")
			.stream()
			.filter(seen)
			.collect(Collectors.toSet());
	}

	private Instant watermark() {
		return Instant.parse(get("/query/services?" + new Range(0, 180)).get("watermark").asString());
	}

	private JsonNode detail(String name, String range) {
		return JSON.readTree(this.api.get("/query/service?service={name}&" + range, name)
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody());
	}

	private JsonNode get(String path) {
		return getRaw(path);
	}

	private JsonNode getRaw(String path) {
		return JSON.readTree(
				this.api.getRaw(path).expectStatus().isOk().expectBody(String.class).returnResult().getResponseBody());
	}

	private static Map<String, JsonNode> byName(JsonNode items, String name) {
		Map<String, JsonNode> found = new HashMap<>();
		List<String> twice = new ArrayList<>();
		items.forEach((item) -> {
			if (found.put(item.get(name).asString(), item) != null) {
				twice.add(item.get(name).asString());
			}
		});
		assertThat(twice).isEmpty();
		return found;
	}

	private static Span secret() {
		return new Span(UUID.randomUUID(), new TraceId("5".repeat(32)), "6".repeat(16), null, SECRET, SECRET,
				SpanKind.SERVER, FROM, Duration.ofSeconds(1), "ERROR", null, Map.of(), Map.of(), Map.of());
	}

	/** A range as its minutes since the first one. */
	private record Range(Instant from, Instant to) {

		Range(int first, int end) {
			this(FROM.plus(Duration.ofMinutes(first)), FROM.plus(Duration.ofMinutes(end)));
		}

		@Override
		public String toString() {
			return "from=" + this.from + "&to=" + this.to;
		}

	}

}
