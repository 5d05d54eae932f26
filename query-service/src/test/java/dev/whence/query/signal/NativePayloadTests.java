package dev.whence.query.signal;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import dev.whence.model.LogRecord;
import dev.whence.model.MetricKind;
import dev.whence.model.MetricPoint;
import dev.whence.model.Span;
import dev.whence.model.SpanKind;
import dev.whence.model.TraceId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NativePayloadTests {

	private static final UUID ID = UUID.fromString("0b6f2a1e-5c1d-4a52-9a39-7d1f5f3a0410");

	private static final Instant TIME = Instant.parse("2026-01-19T01:02:03.5Z");

	private static final TraceId TRACE = new TraceId("req-1a2b3c4d");

	@Test
	void nativeLogHasExactlyTheFieldsThatWereSent() {
		LogRecord log = new LogRecord(ID, TRACE, null, "payment", TIME, "ERROR", "declined", Map.of("error", "x"),
				Map.of(), Map.of());
		assertThat(NativePayload.of(log)).containsExactly(Map.entry("signal_id", ID),
				Map.entry("trace_id", "req-1a2b3c4d"), Map.entry("service_name", "payment"),
				Map.entry("timestamp", TIME), Map.entry("signal_type", "log"), Map.entry("level", "ERROR"),
				Map.entry("message", "declined"), Map.entry("attributes", Map.of("error", "x")));
	}

	@Test
	void spanSaysHowLongItTookInMilliseconds() {
		Span span = new Span(ID, TRACE, "0000000000000001", null, "payment", "charge", SpanKind.SERVER, TIME,
				Duration.ofNanos(1_500_000), "ERROR", "declined", Map.of(), Map.of("host.name", "a"), Map.of());
		assertThat(NativePayload.of(span)).containsEntry("duration_ms", 1.5)
			.containsEntry("parent_span_id", null)
			.containsEntry("signal_type", "trace")
			.containsEntry("status", "ERROR")
			.containsEntry("status_message", "declined")
			.containsEntry("name", "charge")
			.containsEntry("kind", "server")
			.containsEntry("start_time", TIME)
			.containsEntry("end_time", TIME.plusNanos(1_500_000))
			.containsEntry("resource", Map.of("host.name", "a"))
			.doesNotContainKey("details");
	}

	@Test
	void metricWithoutTraceSaysSo() {
		MetricPoint point = new MetricPoint(ID, null, "payment", TIME, "latency", MetricKind.GAUGE, 2000.5, "ms",
				Map.of(), Map.of(), Map.of("flags", 1L));
		assertThat(NativePayload.of(point)).containsEntry("metric_name", "latency")
			.containsEntry("trace_id", null)
			.containsEntry("value", 2000.5)
			.containsEntry("unit", "ms")
			.containsEntry("kind", "gauge")
			.containsEntry("details", Map.of("flags", 1L));
	}

}
