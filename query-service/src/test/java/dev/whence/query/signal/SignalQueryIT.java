package dev.whence.query.signal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import dev.whence.model.LogRecord;
import dev.whence.model.MetricKind;
import dev.whence.model.MetricPoint;
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

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

@QueryTest
@Import(IngestSide.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignalQueryIT {

	private static final Instant START = Instant.parse("2026-01-19T01:02:03Z");

	private static final TraceId TRACE = new TraceId("req-1a2b3c4d");

	private static final ProjectId OTHER = new ProjectId(2);

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcClient jdbc;

	private QueryApi api;

	@BeforeAll
	void storeSomeSignals(@Autowired IngestSide.Telemetry telemetry) {
		this.api = new QueryApi(this.port);
		telemetry.store(ProjectId.DEFAULT, log(0, "gateway", TRACE), span(1, "payment"), point(2, "inventory"),
				log(3, "payment", TRACE), log(4, "payment", new TraceId("another")));
		telemetry.store(OTHER, log(5, "payment", TRACE));
	}

	@Test
	void signalsAreShownNewestFirstInTheOriginalShape() {
		this.api.get("/query/signals?trace_id=req-1a2b3c4d&limit=2")
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.total")
			.isEqualTo(4)
			.jsonPath("$.limit")
			.isEqualTo(2)
			.jsonPath("$.offset")
			.isEqualTo(0)
			.jsonPath("$.items.length()")
			.isEqualTo(2)
			.jsonPath("$.items[0].signal_type")
			.isEqualTo("log")
			.jsonPath("$.items[0].trace_id")
			.isEqualTo("req-1a2b3c4d")
			.jsonPath("$.items[0].service_name")
			.isEqualTo("payment")
			.jsonPath("$.items[0].timestamp")
			.isEqualTo("2026-01-19T01:02:06Z")
			.jsonPath("$.items[0].payload.message")
			.isEqualTo("message 3")
			.jsonPath("$.items[0].payload.attributes.n")
			.isEqualTo(3)
			.jsonPath("$.items[1].payload.metric_name")
			.isEqualTo("latency");
	}

	@ParameterizedTest
	@CsvSource({ "service_name=payment, 3", "signal_type=TRACE, 1", "signal_type=log&service_name=payment, 2",
			"trace_id=another, 1", "start_time=2026-01-19T01:02:05Z, 3", "end_time=2026-01-19T01:02:05Z, 3",
			"start_time=2026-01-19T01:02:05Z&end_time=2026-01-19T01:02:05Z, 1", "service_name=nobody, 0",
			"trace_id=, 5", "offset=4, 5", "sort=password, 5" })
	void filtersNarrowTheList(String query, int total) {
		this.api.get("/query/signals?" + query)
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.total")
			.isEqualTo(total)
			.jsonPath("$.total_capped")
			.isEqualTo(false);
	}

	@Test
	void pagesShowEachSignalOnceWhereMostShareATime(@Autowired IngestSide.Telemetry telemetry) {
		Set<String> stored = new HashSet<>();
		List<Signal> signals = new ArrayList<>();
		for (int i = 0; i < 57; i++) {
			signals.add(switch (i % 3) {
				case 0 -> log(60, "crowd", TRACE);
				case 1 -> span(60, "crowd");
				default -> point(60, "crowd");
			});
		}
		telemetry.store(ProjectId.DEFAULT, signals.toArray(Signal[]::new));
		signals.forEach((signal) -> stored.add(signal.type().wireName() + signal.signalId()));
		List<String> shown = new ArrayList<>();
		for (int offset = 0; offset < 70; offset += 10) {
			JsonNode page = new JsonMapper()
				.readTree(this.api.get("/query/signals?service_name=crowd&limit=10&offset=" + offset)
					.expectBody(String.class)
					.returnResult()
					.getResponseBody());
			page.get("items")
				.forEach((item) -> shown.add(item.get("signal_type").asString() + item.get("id").asString()));
		}
		assertThat(shown).hasSize(stored.size()).containsExactlyInAnyOrderElementsOf(stored);
	}

	@Test
	void aPointWithoutAValueIsShownWithNone(@Autowired IngestSide.Telemetry telemetry) {
		telemetry.store(ProjectId.DEFAULT, new MetricPoint(UUID.randomUUID(), null, "stale", START, "g",
				MetricKind.GAUGE, null, "", Map.of(), Map.of(), Map.of()));
		this.api.get("/query/signals?service_name=stale")
			.expectBody()
			.jsonPath("$.items[0].payload.value")
			.isEqualTo(null)
			.jsonPath("$.items[0].payload.metric_name")
			.isEqualTo("g");
	}

	@ParameterizedTest
	@CsvSource({ "limit=0, limit", "limit=1001, limit", "limit=1e3, limit", "limit=abc, limit", "offset=-1, offset",
			"offset=99999999999, offset", "offset=100001, offset", "start_time=yesterday, start_time",
			"end_time=infinity, end_time", "signal_type=logs, signal_type", "service_name=%00, service_name" })
	void invalidParameterIsNamed(String query, String parameter) {
		this.api.getRaw("/query/signals?" + query)
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.code")
			.isEqualTo("invalid-parameter")
			.jsonPath("$.detail")
			.value((detail) -> assertThat((String) detail).contains("'" + parameter + "'"));
	}

	@Test
	void questionsNeedAKey() {
		this.api.getAnonymously("/query/signals").expectStatus().isUnauthorized();
	}

	@Test
	void connectionsMayOnlyReadAndNotForLong() {
		assertThat(this.jdbc.sql("select current_user").query(String.class).single()).isEqualTo("whence_query");
		assertThat(this.jdbc.sql("show statement_timeout").query(String.class).single()).isEqualTo("3s");
	}

	private static Signal log(int second, String service, TraceId trace) {
		return new LogRecord(UUID.randomUUID(), trace, null, service, START.plusSeconds(second), "INFO",
				"message " + second, Map.of("n", second), Map.of(), Map.of());
	}

	private static Signal span(int second, String service) {
		return new Span(UUID.randomUUID(), TRACE, "s1", null, service, "", SpanKind.UNSPECIFIED,
				START.plusSeconds(second), Duration.ofNanos(12_500_000), "ok", null, Map.of(), Map.of(), Map.of());
	}

	private static Signal point(int second, String service) {
		return new MetricPoint(UUID.randomUUID(), TRACE, service, START.plusSeconds(second), "latency",
				MetricKind.GAUGE, 3.0, "ms", Map.of(), Map.of(), Map.of());
	}

}
