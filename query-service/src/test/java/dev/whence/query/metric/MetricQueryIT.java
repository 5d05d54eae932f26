package dev.whence.query.metric;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import dev.whence.model.MetricKind;
import dev.whence.model.MetricPoint;
import dev.whence.model.ProjectId;
import dev.whence.model.Signal;
import dev.whence.query.IngestSide;
import dev.whence.query.QueryApi;
import dev.whence.query.QueryTest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Every answer is what working it out from the sent points gives. */
@QueryTest
@Import(IngestSide.class)
@TestPropertySource(properties = "test.database=metrics")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricQueryIT {

	private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MINUTES);

	private static final Instant FROM = NOW.truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(2));

	private static final int MINUTES = 60;

	private static final Map<String, Object> CUMULATIVE = Map.of("is_monotonic", true, "aggregation_temporality",
			"cumulative");

	private static final Map<String, Object> DELTA = Map.of("is_monotonic", true, "aggregation_temporality", "delta");

	private static final String SECRET = "not.your.metric";

	private final Random random = new Random(5);

	private final List<Signal> sent = new ArrayList<>();

	@LocalServerPort
	private int port;

	private QueryApi api;

	@BeforeAll
	void sendAndCount(@Autowired IngestSide.Telemetry telemetry) {
		this.api = new QueryApi(this.port);
		double total = 1_000;
		for (int minute = 0; minute < MINUTES; minute++) {
			for (String pool : List.of("main", "spare")) {
				point("cart", "pool.used", MetricKind.GAUGE, minute, 10 + this.random.nextInt(50), Map.of("pool", pool),
						Map.of());
				point("cart", "pool.used", MetricKind.GAUGE, minute, 10 + this.random.nextInt(50), Map.of("pool", pool),
						Map.of());
			}
			// Restarted in the middle, and silent for a while before.
			total = (minute == 40) ? 30 : total + 60;
			if (minute < 30 || minute >= 40) {
				point("cart", "requests", MetricKind.SUM, minute, total, Map.of(), CUMULATIVE);
			}
			point("cart", "bytes", MetricKind.SUM, minute, 120, Map.of(), DELTA);
			point("cart", "connections", MetricKind.SUM, minute, 7, Map.of(),
					Map.of("is_monotonic", false, "aggregation_temporality", "cumulative"));
			point("", "lonely", MetricKind.GAUGE, minute, 1, Map.of(), Map.of());
		}
		IntStream.range(0, 30)
			.forEach((pod) -> point("pay", "jvm.threads", MetricKind.GAUGE, 3, pod, Map.of("thread.state", "s" + pod),
					Map.of()));
		point("pay", "huge", MetricKind.SUM, 1, -Double.MAX_VALUE, Map.of(), CUMULATIVE);
		point("pay", "huge", MetricKind.SUM, 2, Double.MAX_VALUE, Map.of(), CUMULATIVE);
		point("pay", "huge", MetricKind.SUM, 3, Double.MAX_VALUE, Map.of(), CUMULATIVE);
		telemetry.store(ProjectId.DEFAULT, this.sent.toArray(Signal[]::new));
		List<Instant> minutes = IntStream.range(0, MINUTES).mapToObj(MetricQueryIT::minute).toList();
		telemetry.count(ProjectId.DEFAULT, minutes);
		ProjectId other = new ProjectId(2);
		telemetry.store(other, new MetricPoint(UUID.randomUUID(), null, "cart", FROM, SECRET, MetricKind.GAUGE, 1.0,
				"1", Map.of(), Map.of(), Map.of()));
		telemetry.count(other, List.of(FROM));
		telemetry.sign();
	}

	@Test
	void whatIsMeasuredIsListedByServiceAndName() {
		JsonNode all = get("/query/metrics/names");
		assertThat(texts(all.get("metrics"), "name")).containsExactly("lonely", "bytes", "connections", "pool.used",
				"requests", "huge", "jvm.threads");
		assertThat(texts(all.get("services"), "service")).containsExactly("", "cart", "pay");
		assertThat(all.get("truncated").asBoolean()).isFalse();
		JsonNode cart = get("/query/metrics/names?service_name=cart&q=POOL");
		assertThat(texts(cart.get("metrics"), "name")).containsExactly("pool.used");
		JsonNode pool = cart.get("metrics").get(0);
		assertThat(pool.get("series").asInt()).isEqualTo(2);
		assertThat(pool.get("kind").asString()).isEqualTo("gauge");
		assertThat(pool.get("unit").asString()).isEqualTo("By");
		assertThat(texts(get("/query/metrics/names?q=100%25_").get("metrics"), "name")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "60, 1", "12, 5", "1440, 1", "1, 60" })
	void aGaugeIsShownWithItsMeanAndItsBounds(int buckets, int minutes) {
		JsonNode answer = series("cart", "pool.used", "&buckets=" + buckets);
		assertThat(answer.get("rate").asBoolean()).isFalse();
		assertThat(answer.get("bucket_seconds").asInt()).isEqualTo(minutes * 60);
		assertThat(answer.get("series").size()).isEqualTo(2);
		for (JsonNode series : answer.get("series")) {
			String pool = series.get("attributes").get("pool").asString();
			assertThat(series.get("points").size()).isEqualTo(MINUTES / minutes);
			for (JsonNode point : series.get("points")) {
				Instant start = Instant.parse(point.get("start").asString());
				double[] values = this.sent.stream()
					.map(MetricPoint.class::cast)
					.filter((one) -> pool.equals(one.attributes().get("pool")) && !one.timestamp().isBefore(start)
							&& one.timestamp().isBefore(start.plus(Duration.ofMinutes(minutes))))
					.mapToDouble(MetricPoint::value)
					.sorted()
					.toArray();
				assertThat(point.get("value").asDouble()).isCloseTo(Arrays.stream(values).average().orElseThrow(),
						within(1e-9));
				assertThat(point.get("min").asDouble()).isEqualTo(values[0]);
				assertThat(point.get("max").asDouble()).isEqualTo(values[values.length - 1]);
			}
		}
	}

	@Test
	void aRunningTotalIsShownAsARateAcrossSilenceAndRestarts() {
		JsonNode answer = series("cart", "requests", "");
		assertThat(answer.get("rate").asBoolean()).isTrue();
		JsonNode series = answer.get("series").get(0);
		JsonNode points = series.get("points");
		assertThat(points.get(0).get("value").isNull()).isTrue();
		IntStream.range(1, 30).forEach((minute) -> assertThat(points.get(minute).get("value").asDouble()).isOne());
		IntStream.range(30, 40).forEach((minute) -> assertThat(points.get(minute).get("value").isNull()).isTrue());
		assertThat(points.get(40).get("value").asDouble()).isEqualTo(30.0 / (11 * 60));
		IntStream.range(41, 60).forEach((minute) -> assertThat(points.get(minute).get("value").asDouble()).isOne());
		assertThat(series.get("last").asDouble()).isEqualTo(30 + 19 * 60);
		assertThat(Instant.parse(series.get("last_at").asString())).isEqualTo(minute(59));
	}

	@Test
	void aTotalBeforeTheRangeIsWhereItsFirstRateBegins() {
		JsonNode points = get("/query/metrics/series?service_name=cart&name=requests&from=" + minute(5) + "&to="
				+ minute(15) + "&buckets=2")
			.get("series")
			.get(0)
			.get("points");
		assertThat(points.size()).isEqualTo(2);
		assertThat(points.get(0).get("value").asDouble()).isOne();
	}

	@Test
	void incrementsAreShownPerSecondAndWhatGoesUpAndDownAsItIs() {
		JsonNode bytes = series("cart", "bytes", "&buckets=12");
		assertThat(bytes.get("rate").asBoolean()).isTrue();
		assertThat(bytes.get("series").get(0).get("points")).hasSize(12)
			.allMatch((point) -> point.get("value").asDouble() == 2);
		JsonNode connections = series("cart", "connections", "");
		assertThat(connections.get("rate").asBoolean()).isFalse();
		assertThat(connections.get("series").get(0).get("points"))
			.allMatch((point) -> point.get("value").asDouble() == 7);
	}

	@Test
	void seriesAreChosenByAnAttribute() {
		JsonNode all = series("cart", "pool.used", "");
		assertThat(texts(all.get("attributes"), "name")).containsExactly("pool");
		JsonNode some = series("cart", "pool.used", "&attribute=pool%3Dspare");
		assertThat(some.get("series")).singleElement()
			.satisfies((series) -> assertThat(series.get("attributes").get("pool").asString()).isEqualTo("spare"));
		assertThat(some.get("attributes")).isEqualTo(all.get("attributes"));
		assertThat(series("cart", "pool.used", "&attribute=pool%3Dnone").get("series")).isEmpty();
		assertThat(series("cart", "pool.used", "&attribute=unknown%3Dnone").get("series")).isEmpty();
	}

	@Test
	void ofManySeriesSomeAreShownAndItIsSaid() {
		JsonNode answer = series("pay", "jvm.threads", "");
		assertThat(answer.get("series").size()).isEqualTo(20);
		assertThat(answer.get("truncated").asBoolean()).isTrue();
		assertThat(answer.get("attributes").get(0).get("values").size()).isEqualTo(12);
		assertThat(answer.get("attributes").get(0).get("others").asInt()).isEqualTo(18);
	}

	@Test
	void numbersAtTheEndOfWhatANumberCanBeAreNoFailure() {
		assertThat(series("pay", "huge", "").get("series").size()).isOne();
		assertThat(series("pay", "huge", "&buckets=1").get("series").size()).isOne();
	}

	@Test
	void pointsThatNameNoServiceAreFound() {
		assertThat(series("", "lonely", "").get("series").size()).isOne();
	}

	@Test
	void nothingOfAnotherProjectIsTold() {
		assertThat(get("/query/metrics/names").toString()).doesNotContain(SECRET);
		this.api.get("/query/metrics/series?service_name=cart&name=" + SECRET).expectStatus().isNotFound();
		for (String path : List.of("/query/metrics/names", "/query/metrics/series?name=requests")) {
			this.api.getAnonymously(path).expectStatus().isUnauthorized();
		}
	}

	@ParameterizedTest
	@CsvSource({ "names?service_name=%00, service_name", "names?q=%00, q", "series?service_name=cart, name",
			"series?name=%00, name", "series?name=a&service_name=%00, service_name",
			"series?name=a&attribute=pool, attribute", "series?name=a&attribute==x, attribute",
			"series?name=a&buckets=0, buckets", "series?name=a&buckets=1441, buckets", "series?name=a&from=never, from",
			"series?name=a&from=2026-01-02&to=2026-01-01, from" })
	void aQuestionThatCannotBeReadIsRefusedByItsName(String question, String parameter) {
		this.api.getRaw("/query/metrics/" + question)
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.detail")
			.value(String.class, (detail) -> assertThat(detail).contains(parameter));
	}

	private void point(String service, String name, MetricKind kind, int minute, double value,
			Map<String, Object> attributes, Map<String, Object> details) {
		this.sent.add(new MetricPoint(UUID.randomUUID(), null, service,
				minute(minute).plusMillis(this.random.nextInt(60_000)), name, kind, value, "By", attributes, Map.of(),
				details));
	}

	private static Instant minute(int minute) {
		return FROM.plus(Duration.ofMinutes(minute));
	}

	private JsonNode series(String service, String name, String more) {
		return get("/query/metrics/series?service_name=" + service + "&name=" + name + "&from=" + FROM + "&to="
				+ minute(MINUTES) + more);
	}

	private static List<String> texts(JsonNode list, String field) {
		return StreamSupport.stream(list.spliterator(), false).map((one) -> one.get(field).asString()).toList();
	}

	private JsonNode get(String path) {
		return JsonMapper.shared()
			.readTree(this.api.getRaw(path)
				.expectStatus()
				.isOk()
				.expectBody(String.class)
				.returnResult()
				.getResponseBody());
	}

}
