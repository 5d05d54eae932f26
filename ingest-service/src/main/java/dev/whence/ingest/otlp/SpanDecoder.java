package dev.whence.ingest.otlp;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.whence.ingest.intake.ContentId;
import dev.whence.model.Span;
import dev.whence.model.SpanKind;
import dev.whence.model.TraceId;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Reads {@code ExportTraceServiceRequest}. */
@Component
class SpanDecoder {

	private static final byte[] KIND = { 's' };

	Decoded decode(ExportTraceServiceRequest request) {
		Decoded decoded = new Decoded();
		Origin whole = Origin.ofRequest();
		for (ResourceSpans resource : request.getResourceSpansList()) {
			Origin fromResource = whole.with(resource.getResource());
			for (ScopeSpans scope : resource.getScopeSpansList()) {
				Origin origin = fromResource.with(scope.getScope());
				scope.getSpansList().forEach((span) -> decode(span, origin, decoded));
			}
		}
		return decoded;
	}

	private static void decode(io.opentelemetry.proto.trace.v1.Span span, Origin origin, Decoded decoded) {
		TraceId trace = Ids.trace(span.getTraceId());
		String spanId = Ids.span(span.getSpanId());
		Instant start = Ids.time(span.getStartTimeUnixNano());
		Instant end = Ids.time(span.getEndTimeUnixNano());
		if (trace == null) {
			decoded.reject("a span's trace_id must be 16 bytes, not all zero");
			return;
		}
		if (spanId == null) {
			decoded.reject("a span's span_id must be 8 bytes, not all zero");
			return;
		}
		if (start == null) {
			start = end;
		}
		if (start == null) {
			decoded.reject("a span must have a start_time_unix_nano");
			return;
		}
		ContentId id = origin.identify(KIND, span);
		Duration duration = (end != null && end.isAfter(start)) ? Duration.between(start, end) : Duration.ZERO;
		String statusMessage = span.getStatus().getMessage();
		decoded.accept(new Span(id.id(), trace, spanId, Ids.span(span.getParentSpanId()), origin.serviceName(),
				span.getName(), kind(span.getKindValue()), start, duration, status(span.getStatus().getCode()),
				statusMessage.isEmpty() ? null : statusMessage, AnyValues.map(span.getAttributesList()),
				origin.resource(), details(span, origin)), id);
	}

	private static Map<String, @Nullable Object> details(io.opentelemetry.proto.trace.v1.Span span, Origin origin) {
		Map<String, @Nullable Object> details = origin.details();
		if (!span.getTraceState().isEmpty()) {
			details.put("trace_state", span.getTraceState());
		}
		if (span.getFlags() != 0) {
			details.put("flags", span.getFlags());
		}
		List<Map<String, @Nullable Object>> events = span.getEventsList().stream().map((event) -> {
			Map<String, @Nullable Object> map = new LinkedHashMap<>();
			map.put("name", event.getName());
			map.put("time_unix_nano", event.getTimeUnixNano());
			map.put("attributes", AnyValues.map(event.getAttributesList()));
			return map;
		}).toList();
		if (!events.isEmpty()) {
			details.put("events", events);
		}
		List<Map<String, @Nullable Object>> links = span.getLinksList().stream().map((link) -> {
			Map<String, @Nullable Object> map = new LinkedHashMap<>();
			map.put("trace_id", String.valueOf(Ids.trace(link.getTraceId())));
			map.put("span_id", String.valueOf(Ids.span(link.getSpanId())));
			map.put("attributes", AnyValues.map(link.getAttributesList()));
			return map;
		}).toList();
		if (!links.isEmpty()) {
			details.put("links", links);
		}
		putCount(details, "dropped_attributes_count", span.getDroppedAttributesCount());
		putCount(details, "dropped_events_count", span.getDroppedEventsCount());
		putCount(details, "dropped_links_count", span.getDroppedLinksCount());
		return details;
	}

	private static void putCount(Map<String, @Nullable Object> details, String name, int count) {
		if (count != 0) {
			details.put(name, Integer.toUnsignedLong(count));
		}
	}

	private static SpanKind kind(int number) {
		return (number >= 0 && number < SpanKind.values().length) ? SpanKind.values()[number] : SpanKind.UNSPECIFIED;
	}

	private static String status(StatusCode code) {
		return switch (code) {
			case STATUS_CODE_OK -> "OK";
			case STATUS_CODE_ERROR -> "ERROR";
			default -> "UNSET";
		};
	}

}
