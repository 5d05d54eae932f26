package dev.whence.query.signal;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import dev.whence.model.LogRecord;
import dev.whence.model.MetricPoint;
import dev.whence.model.Signal;
import dev.whence.model.Span;
import org.jspecify.annotations.Nullable;

/**
 * The body with which a native client would have sent a signal, whichever protocol really
 * brought it, and after it what that dialect has no field for.
 */
final class NativePayload {

	private static final double NANOS_PER_MILLISECOND = 1_000_000;

	private NativePayload() {
	}

	static Map<String, @Nullable Object> of(Signal signal) {
		Map<String, @Nullable Object> payload = new LinkedHashMap<>();
		payload.put("signal_id", signal.signalId());
		payload.put("trace_id", Objects.toString(signal.traceId(), null));
		payload.put("service_name", signal.serviceName());
		payload.put("timestamp", signal.timestamp());
		payload.put("signal_type", signal.type().wireName());
		switch (signal) {
			case LogRecord log -> describe(log, payload);
			case Span span -> describe(span, payload);
			case MetricPoint point -> describe(point, payload);
		}
		payload.put("attributes", signal.attributes());
		if (!signal.resource().isEmpty()) {
			payload.put("resource", signal.resource());
		}
		if (!signal.details().isEmpty()) {
			payload.put("details", signal.details());
		}
		return payload;
	}

	private static void describe(LogRecord log, Map<String, @Nullable Object> payload) {
		payload.put("level", log.level());
		payload.put("message", log.message());
		if (log.spanId() != null) {
			payload.put("span_id", log.spanId());
		}
	}

	private static void describe(Span span, Map<String, @Nullable Object> payload) {
		payload.put("span_id", span.spanId());
		payload.put("parent_span_id", span.parentSpanId());
		payload.put("duration_ms", span.duration().toNanos() / NANOS_PER_MILLISECOND);
		payload.put("status", span.status());
		if (span.statusMessage() != null) {
			payload.put("status_message", span.statusMessage());
		}
		payload.put("name", span.name());
		payload.put("kind", lowerCase(span.kind()));
		payload.put("start_time", span.timestamp());
		payload.put("end_time", span.endTime());
	}

	private static void describe(MetricPoint point, Map<String, @Nullable Object> payload) {
		payload.put("metric_name", point.name());
		payload.put("value", point.value());
		payload.put("unit", point.unit());
		payload.put("kind", lowerCase(point.kind()));
	}

	private static String lowerCase(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT);
	}

}
