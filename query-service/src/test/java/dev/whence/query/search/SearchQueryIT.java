package dev.whence.query.search;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.whence.model.LogRecord;
import dev.whence.model.ProjectId;
import dev.whence.model.Signal;
import dev.whence.model.Span;
import dev.whence.model.SpanKind;
import dev.whence.model.TraceId;
import dev.whence.query.IngestSide;
import dev.whence.query.QueryApi;
import dev.whence.query.QueryTest;
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

import static org.assertj.core.api.Assertions.assertThat;

@QueryTest
@Import(IngestSide.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchQueryIT {

	private static final JsonMapper JSON = JsonMapper.shared();

	/** Recent enough to be counted by the minute. */
	private static final Instant START = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofHours(14));

	private static final String RANGE = "&from=" + START + "&to=" + START.plusSeconds(3_599);

	@LocalServerPort
	private int port;

	@Autowired
	private IngestSide.Telemetry telemetry;

	private QueryApi api;

	@BeforeAll
	void storeAnHour() {
		this.api = new QueryApi(this.port);
		List<Signal> signals = new ArrayList<>();
		for (int i = 0; i < 300; i++) {
			Instant time = START.plusSeconds(i * 10);
			boolean failed = i % 10 == 0;
			signals.add(new LogRecord(UUID.randomUUID(), trace(i), "00f067aa0ba902b7", (i % 3 == 0) ? "pay" : "cart",
					time, failed ? "ERROR" : "INFO",
					failed ? "Card " + i + " was declined" : "Order " + i + " has been placed",
					Map.of("user.id", String.valueOf(i % 7)), Map.of("host.name", "h" + i % 2), Map.of()));
			signals.add(new Span(UUID.randomUUID(), trace(i), "00f067aa0ba902b7", null, "pay", "POST /pay",
					SpanKind.SERVER, time, Duration.ofMillis(failed ? 900 : 20 + i % 10), failed ? "ERROR" : "OK", null,
					Map.of("http.status_code", failed ? 503 : 200, "card.bank",
							(failed && i % 20 == 0) ? "north" : "b" + i % 5),
					Map.of(), Map.of()));
		}
		this.telemetry.store(ProjectId.DEFAULT, signals.toArray(Signal[]::new));
		this.telemetry.store(new ProjectId(2), new LogRecord(UUID.randomUUID(), null, null, "theirs", START, "ERROR",
				"secret", Map.of(), Map.of(), Map.of()));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			logs  | service:pay level:error                       | 10
			logs  | declined                                      | 30
			logs  | "has been placed" user.id:3 host.name:h1      | 22
			logs  | order -service:pay                            | 180
			spans | duration:>250ms http.status_code:>=500        | 30
			spans | status:error card.bank:north                  | 15
			spans | kind:client                                   | 0
			logs  | level:error OR "order 1"                      | 31
			""")
	void aSearchFindsWhatItSays(String kind, String search, int expected) {
		JsonNode found = get("?kind=" + kind + "&limit=1000&q=" + encode(search) + RANGE);
		assertThat(found.get("items")).hasSize(expected);
		assertThat(found.get("complete").booleanValue()).isTrue();
		assertThat(Instant.parse(found.get("watermark").asString())).isBetween(Instant.now().minusSeconds(60),
				Instant.now().plusSeconds(60));
		assertThat(found.get("next_cursor").isNull()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "newest", "oldest" })
	void pagesFollowOneAnother(String order) {
		Set<String> ids = new LinkedHashSet<>();
		List<String> times = new ArrayList<>();
		String cursor = "";
		do {
			JsonNode page = get("?q=&limit=70&order=" + order + RANGE + "&cursor=" + cursor);
			page.get("items").forEach((item) -> {
				ids.add(item.get("id").asString());
				times.add(item.get("timestamp").asString());
			});
			cursor = page.get("next_cursor").asString("");
		}
		while (!cursor.isEmpty());
		assertThat(ids).hasSize(300);
		List<String> sorted = times.stream().sorted().toList();
		assertThat(times).isEqualTo(order.equals("newest") ? sorted.reversed() : sorted);
	}

	@Test
	void theHistogramCountsEachSignalOnce() {
		JsonNode histogram = get("/histogram?kind=logs&buckets=60" + RANGE);
		assertThat(histogram.get("bucket_seconds").doubleValue()).isEqualTo(120);
		assertThat(histogram.get("buckets")).hasSize(30);
		long count = 0;
		long errors = 0;
		for (JsonNode bucket : histogram.get("buckets")) {
			count += bucket.get("count").longValue();
			errors += bucket.get("series").path("error").asLong(0);
		}
		assertThat(count).isEqualTo(300);
		assertThat(errors).isEqualTo(30);
		assertThat(histogram.at("/buckets/0/count").longValue()).isEqualTo(12);
		assertThat(histogram.at("/buckets/0/start").asString()).isEqualTo(START.toString());
	}

	@Test
	void whatIsCountedByTheMinuteAndWhatIsLookedAtIsTheSame() {
		List<Instant> minutes = IntStream.range(0, 60).mapToObj((i) -> START.plusSeconds(60L * i)).toList();
		this.telemetry.count(ProjectId.DEFAULT, minutes);
		this.telemetry.sign();
		// Odd ends, so that pieces of minutes and of buckets are left over.
		String range = "&from=" + START.plusSeconds(197) + "&to=" + START.plusSeconds(2_911);
		for (String buckets : List.of("45", "20", "3", "300")) {
			for (String[] one : new String[][] { { "logs", "" }, { "logs", "service:pay" }, { "logs", "level:>=warn" },
					{ "logs", "service:cart level:error" }, { "spans", "" },
					{ "spans", "service:pay status:error" } }) {
				String counted = "/histogram?kind=" + one[0] + "&buckets=" + buckets + range + "&q=" + encode(one[1]);
				// No count tells what is nowhere, so everything is looked at.
				String looked = counted + encode(" -nowhere");
				assertThat(get(counted).get("buckets")).as(counted).isEqualTo(get(looked).get("buckets"));
			}
		}
		assertThat(get("/histogram?kind=logs" + range).get("buckets")).isNotEmpty();
	}

	@Test
	void theSearchOfAFacetFindsWhatTheFacetCounts() {
		for (String kind : List.of("logs", "spans")) {
			JsonNode facets = get("/facets?kind=" + kind + RANGE);
			assertThat(facets.get("examined").intValue()).isEqualTo(300);
			assertThat(facets.get("facets").size()).isGreaterThan(3);
			assertThat(facets.at("/facets/0/field").asString()).isEqualTo("service");
			for (JsonNode facet : facets.get("facets")) {
				JsonNode first = facet.at("/values/0");
				JsonNode found = get(
						"?limit=1000&kind=" + kind + "&q=" + encode(first.get("search").asString()) + RANGE);
				assertThat(found.get("items")).as("%s", facet).hasSize(first.get("count").intValue());
			}
		}
	}

	@Test
	void facetsCanBeNamed() {
		JsonNode facets = get("/facets?kind=logs&fields=attr.user.id,level" + RANGE);
		assertThat(facets.get("facets")).extracting((facet) -> facet.get("field").asString())
			.containsExactly("level", "attr.user.id");
	}

	@Test
	void patternsSayEachStatementOnce() {
		JsonNode patterns = get("/patterns?q=" + RANGE);
		assertThat(patterns.get("patterns")).hasSize(2);
		JsonNode rare = patterns.at("/patterns/1");
		assertThat(rare.get("template").asString()).isEqualTo("Card <*> was declined");
		assertThat(rare.get("count").intValue()).isEqualTo(30);
		assertThat(rare.get("severity").asString()).isEqualTo("ERROR");
		assertThat(get("?limit=1000&q=" + encode(rare.get("query").asString()) + RANGE).get("items")).hasSize(30);
	}

	@Test
	void aComparisonNamesWhatIsDifferent() {
		JsonNode comparison = get("/comparison?kind=spans&q=" + encode("status:error") + RANGE);
		assertThat(comparison.get("selected").intValue()).isEqualTo(30);
		assertThat(comparison.get("baseline").intValue()).isEqualTo(270);
		assertThat(comparison.get("attributes")).extracting((one) -> one.get("field") + "=" + one.get("value"))
			.contains("\"attr.http.status_code\"=\"503\"", "\"attr.card.bank\"=\"north\"")
			.doesNotContain("\"attr.http.status_code\"=\"200\"", "\"name\"=\"POST /pay\"");
	}

	@Test
	void theNeighboursOfALineAreOfItsService() {
		JsonNode line = get("?q=" + encode("\"Card 150\"") + RANGE).at("/items/0");
		JsonNode around = get("/around?before=3&after=2&id=" + line.get("id").asString() + "&time="
				+ line.get("timestamp").asString());
		assertThat(around.get("index").intValue()).isEqualTo(3);
		assertThat(around.get("items")).extracting((item) -> item.at("/payload/message").asString())
			.containsExactly("Order 141 has been placed", "Order 144 has been placed", "Order 147 has been placed",
					"Card 150 was declined", "Order 153 has been placed", "Order 156 has been placed");
		this.api.get("/query/search/around?id=" + UUID.randomUUID() + "&time=2026-03-01T10:00:00Z")
			.expectStatus()
			.isNotFound();
	}

	@Test
	void whatArrivesIsShownLive() throws Exception {
		UUID id = UUID.randomUUID();
		try (HttpClient http = HttpClient.newHttpClient()) {
			HttpResponse<Stream<String>> stream = http.send(
					HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/query/search/tail?q=arrived"))
						.header("X-Api-Key", QueryApi.KEY)
						.timeout(Duration.ofSeconds(30))
						.build(),
					HttpResponse.BodyHandlers.ofLines());
			try (Stream<String> lines = stream.body()) {
				Iterator<String> each = lines.iterator();
				assertThat(each.next()).isEqualTo(":tail");
				this.telemetry.store(ProjectId.DEFAULT,
						new LogRecord(UUID.randomUUID(), null, null, "live", Instant.now(), "INFO", "another", Map.of(),
								Map.of(), Map.of()),
						new LogRecord(id, null, null, "live", Instant.now(), "INFO", "it has arrived", Map.of(),
								Map.of(), Map.of()));
				String event = "";
				while (!event.startsWith("data:")) {
					event = each.next();
				}
				assertThat(JSON.readTree(event.substring(5)).get("id").asString()).isEqualTo(id.toString());
			}
		}
	}

	@Test
	void anotherProjectIsNotSearched() {
		assertThat(get("?kind=all&q=secret" + RANGE).get("items")).isEmpty();
		assertThat(get("/facets?q=service:theirs" + RANGE).get("examined").intValue()).isZero();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			?q=(a                                             | /q/0
			?q=level:%3E=loud                                 | /q/8
			/comparison?q=a&baseline=%22x                     | /baseline/0
			""")
	void aSearchThatCannotBeUnderstoodIsNamedWithItsPlace(String path, String pointer) {
		this.api.getRaw("/query/search" + path)
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.code")
			.isEqualTo("invalid-parameter")
			.jsonPath("$.errors[0].pointer")
			.isEqualTo(pointer);
	}

	@ParameterizedTest
	@ValueSource(strings = { "?kind=dogs", "?order=up", "?limit=0", "?limit=1001", "?limit=x", "?cursor=x", "?q=%00",
			"?from=2026-03-02&to=2026-03-01", "?from=x", "?to=9999-01-01", "?q=%ff", "/histogram?buckets=0",
			"/histogram?buckets=1501", "/around?id=x&time=2026-03-01",
			"/around?id=00000000-0000-0000-0000-000000000000&time=x",
			"/around?id=00000000-0000-0000-0000-000000000000&time=", "/comparison?kind=logs", "/facets?fields=%00",
			"/tail?q=(", "/patterns?limit=-1" })
	void aWrongParameterIsNamed(String path) {
		this.api.getRaw("/query/search" + path)
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.code")
			.isEqualTo("invalid-parameter");
	}

	@ParameterizedTest
	@ValueSource(strings = { "?from=1700-01-01&to=2262-01-01", "/histogram?from=1700-01-01&to=2262-01-01&buckets=500",
			"/histogram?from=2026-03-01T10:00:00Z&to=2026-03-01T10:00:00Z&buckets=1", "/facets?from=0&to=0",
			"/histogram?from=1700-01-01&to=2262-01-01&buckets=1", "?q=*" })
	void theWidestAndTheNarrowestRangesHaveAnAnswer(String path) {
		this.api.getRaw("/query/search" + path).expectStatus().isOk();
	}

	private JsonNode get(String path) {
		return JSON.readTree(this.api.getRaw("/query/search" + path)
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody());
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	private static TraceId trace(int i) {
		return new TraceId("4bf92f3577b34da6a3ce929d0e0e%04d".formatted(i));
	}

}
