package dev.whence.query.trace;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

import dev.whence.model.LogRecord;
import dev.whence.model.ProjectId;
import dev.whence.model.Signal;
import dev.whence.model.Span;
import dev.whence.model.SpanKind;
import dev.whence.model.TraceId;
import dev.whence.query.IngestSide;
import dev.whence.query.QueryApi;
import dev.whence.query.QueryTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** The same over HTTP and from PostgreSQL. */
@QueryTest
@Import(IngestSide.class)
@TestPropertySource(properties = "whence.query.trace.max-signals=5")
class TraceQueryIT {

	private static final Instant START = Instant.parse("2026-01-19T01:02:03Z");

	@LocalServerPort
	private int port;

	@Autowired
	private IngestSide.Telemetry telemetry;

	private QueryApi api;

	@BeforeEach
	void connect() {
		this.api = new QueryApi(this.port);
	}

	@Test
	void traceIsShownOldestFirst() {
		TraceId trace = new TraceId("req-1a2b3c4d");
		this.telemetry.store(ProjectId.DEFAULT, log(2, trace), span(1, trace), log(0, trace));
		this.telemetry.store(new ProjectId(2), log(3, trace));
		this.api.get("/query/traces/req-1a2b3c4d")
			.expectStatus()
			.isOk()
			.expectHeader()
			.doesNotExist("X-Truncated")
			.expectBody()
			.jsonPath("$.length()")
			.isEqualTo(3)
			.jsonPath("$[0].payload.message")
			.isEqualTo("message 0")
			.jsonPath("$[1].payload.duration_ms")
			.isEqualTo(12.5)
			.jsonPath("$[1].span_id_reused")
			.doesNotExist()
			.jsonPath("$[1].payload.parent_span_id")
			.isEqualTo(null)
			.jsonPath("$[2].payload.message")
			.isEqualTo("message 2");
	}

	@Test
	void traceOf64BitsIsOneUnderBothSpellings() {
		this.telemetry.store(ProjectId.DEFAULT, log(0, new TraceId("89ebd61ef494d134")));
		this.telemetry.store(ProjectId.DEFAULT, span(1, new TraceId("000000000000000089ebd61ef494d134")));
		for (String spelling : List.of("89ebd61ef494d134", "89EBD61EF494D134", "000000000000000089ebd61ef494d134")) {
			this.api.get("/query/traces/{trace}", spelling).expectBody().jsonPath("$.length()").isEqualTo(2);
			this.api.get("/query/signals?trace_id={trace}", spelling).expectBody().jsonPath("$.total").isEqualTo(2);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "4bf92f3577b34da6a3ce929d0e0e4736/123;o=1", "a\\b", "/", "Zm9v+YmFy/w==", "a%2Fb",
			"\u00e9?#&" })
	void whateverIdIngestTakesCanBeAskedFor(String id) {
		this.telemetry.store(ProjectId.DEFAULT, log(0, new TraceId(id)));
		this.api.get("/query/traces/{trace}", id).expectBody().jsonPath("$[0].trace_id").isEqualTo(id);
		this.api.get("/query/signals?trace_id={trace}", id).expectBody().jsonPath("$.total").isEqualTo(1);
	}

	@Test
	void answersAreCompressedForWhoeverAsks() throws Exception {
		TraceId trace = new TraceId("large");
		this.telemetry.store(ProjectId.DEFAULT, new LogRecord(UUID.randomUUID(), trace, null, "payment", START, "INFO",
				"x".repeat(10_000), Map.of(), Map.of(), Map.of()));
		HttpResponse<byte[]> answer = this.api.getCompressed("/query/traces/large");
		assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
		assertThat(answer.body()).hasSizeLessThan(1000);
		try (InputStream inflated = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
			assertThat(inflated).asString(StandardCharsets.UTF_8).contains("x".repeat(10_000));
		}
		this.api.get("/query/traces/large").expectBody().jsonPath("$[0].trace_id").isEqualTo("large");
	}

	@ParameterizedTest
	@ValueSource(strings = { "unknown", "' or 1=1--", "ünknown" })
	void unknownTraceIsEmpty(String trace) {
		this.api.get("/query/traces/{trace}", trace)
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.length()")
			.isEqualTo(0);
	}

	@Test
	void longTraceIsCutAndSaysSo() {
		TraceId trace = new TraceId("long");
		this.telemetry.store(ProjectId.DEFAULT,
				IntStream.rangeClosed(0, 5).mapToObj((i) -> log(i, trace)).toArray(Signal[]::new));
		this.api.get("/query/traces/long")
			.expectHeader()
			.valueEquals("X-Truncated", "true")
			.expectBody()
			.jsonPath("$.length()")
			.isEqualTo(5)
			.jsonPath("$[4].payload.message")
			.isEqualTo("message 4");
	}

	private static Signal log(int second, TraceId trace) {
		return new LogRecord(UUID.randomUUID(), trace, null, "payment", START.plusSeconds(second), "INFO",
				"message " + second, Map.of(), Map.of(), Map.of());
	}

	private static Signal span(int second, TraceId trace) {
		return new Span(UUID.randomUUID(), trace, "s1", null, "payment", "", SpanKind.UNSPECIFIED,
				START.plusSeconds(second), Duration.ofNanos(12_500_000), "ok", null, Map.of(), Map.of(), Map.of());
	}

}
