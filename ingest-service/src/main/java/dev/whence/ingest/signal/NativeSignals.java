package dev.whence.ingest.signal;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.whence.ingest.intake.ContentId;
import dev.whence.ingest.intake.Received;
import dev.whence.ingest.intake.RecordLimits;
import dev.whence.ingest.json.JsonItem;
import dev.whence.ingest.json.Refusal;
import dev.whence.model.LogRecord;
import dev.whence.model.MetricKind;
import dev.whence.model.MetricPoint;
import dev.whence.model.Signal;
import dev.whence.model.SignalType;
import dev.whence.model.Span;
import dev.whence.model.SpanKind;
import dev.whence.model.TraceId;
import dev.whence.model.UuidText;
import org.jspecify.annotations.Nullable;

/**
 * Reads the native dialects. The dialect of the original code names {@code duration_ms},
 * {@code status}, {@code metric_name} and {@code unit}; the dialect of its README has
 * {@code name}, {@code start_time} and {@code end_time} instead, and metrics without id,
 * trace and unit. Keys that neither knows are kept among the attributes.
 */
final class NativeSignals {

	private static final int NAME_LENGTH = RecordLimits.NAME_LENGTH;

	private static final int TEXT_LENGTH = RecordLimits.TEXT_LENGTH;

	/** Longer than any span, and far below what nanoseconds can hold. */
	private static final Duration LONGEST = Duration.ofDays(365);

	private static final UUID NO_ID = new UUID(0, 0);

	private NativeSignals() {
	}

	/**
	 * @param body the parsed JSON object
	 * @param content identity of the body, for a signal that names no id of its own
	 * @return the signal, or every field that is missing or wrong
	 */
	static Reading read(SignalType type, Map<String, @Nullable Object> body, ContentId content) {
		Fields fields = new Fields(body);
		UUID given = signalId(type, fields);
		UUID id = (given != null) ? given : content.id();
		Signal signal = switch (type) {
			case LOG -> log(id, fields);
			case TRACE -> span(id, fields);
			case METRIC -> point(id, fields);
		};
		Refusal refusal = fields.refusal();
		return (refusal != null) ? new Reading.Refused(refusal)
				: new Reading.Taken(new Received(signal, given != null, content.hash()));
	}

	/** The service that a record names, whatever else is wrong with it. */
	static @Nullable String serviceOf(JsonItem item) {
		return (item instanceof JsonItem.Parsed(var fields) && fields.get("service_name") instanceof String name
				&& !name.isEmpty()) ? name : null;
	}

	/** The id that a record names, valid or not. */
	static @Nullable String idOf(JsonItem item) {
		return (item instanceof JsonItem.Parsed(var fields) && fields.get("signal_id") instanceof String id) ? id
				: null;
	}

	private static LogRecord log(UUID id, Fields fields) {
		TraceId trace = requiredTrace(fields);
		String service = fields.text("service_name", RecordLimits.SERVICE_LENGTH);
		Instant time = time(fields, "timestamp");
		String level = fields.text("level", NAME_LENGTH);
		String message = fields.text("message", TEXT_LENGTH);
		String spanId = spanIdOf(fields);
		return new LogRecord(id, trace, spanId, service, time, level, message, attributes(SignalType.LOG, fields),
				none(), none());
	}

	private static Span span(UUID id, Fields fields) {
		boolean readmeDialect = fields.has("start_time") || fields.has("end_time");
		TraceId trace = requiredTrace(fields);
		String service = fields.text("service_name", RecordLimits.SERVICE_LENGTH);
		String spanId = fields.text("span_id", TraceId.MAX_LENGTH);
		if (fields.has("span_id") && spanId.isEmpty() && "".equals(fields.optional("span_id"))) {
			fields.error("span_id", "must not be empty");
		}
		if (!readmeDialect && !fields.has("parent_span_id")) {
			fields.error("parent_span_id", "is required; null for the first span of a trace");
		}
		String parent = fields.optionalText("parent_span_id", TraceId.MAX_LENGTH, "");
		String name = fields.optionalText("name", NAME_LENGTH, "");
		Instant start = readmeDialect ? time(fields, "start_time") : time(fields, "timestamp");
		if (readmeDialect) {
			fields.optional("timestamp");
		}
		Duration duration = readmeDialect ? between(fields, start) : milliseconds(fields);
		String status = readmeDialect ? fields.optionalText("status", NAME_LENGTH, "UNSET")
				: fields.text("status", NAME_LENGTH);
		return new Span(id, trace, spanId, parent.isEmpty() ? null : parent, service, name, SpanKind.UNSPECIFIED, start,
				duration, status, null, attributes(SignalType.TRACE, fields), none(), none());
	}

	private static MetricPoint point(UUID id, Fields fields) {
		boolean readmeDialect = !fields.has("metric_name") && fields.has("name");
		TraceId trace = (readmeDialect && !fields.has("trace_id")) ? null : requiredTrace(fields);
		String service = fields.text("service_name", RecordLimits.SERVICE_LENGTH);
		Instant time = time(fields, "timestamp");
		String name = fields.text(readmeDialect ? "name" : "metric_name", NAME_LENGTH);
		double value = number(fields, "value");
		String unit = readmeDialect ? fields.optionalText("unit", NAME_LENGTH, "") : fields.text("unit", NAME_LENGTH);
		return new MetricPoint(id, trace, service, time, name, MetricKind.GAUGE, value, unit,
				attributes(SignalType.METRIC, fields), none(), none());
	}

	private static @Nullable UUID signalId(SignalType type, Fields fields) {
		boolean mayBeAbsent = type == SignalType.METRIC && !fields.has("metric_name");
		Object value = mayBeAbsent ? fields.optional("signal_id") : fields.required("signal_id");
		if (value == null) {
			return null;
		}
		Optional<UUID> id = (value instanceof String text) ? UuidText.lenient(text) : Optional.empty();
		if (id.isEmpty()) {
			fields.error("signal_id", "must be a UUID");
		}
		return id.orElse(NO_ID);
	}

	private static TraceId requiredTrace(Fields fields) {
		String text = fields.text("trace_id", TraceId.MAX_LENGTH);
		if (text.isEmpty()) {
			if ("".equals(fields.optional("trace_id"))) {
				fields.error("trace_id", "must not be empty");
			}
			return new TraceId("-");
		}
		return new TraceId(text);
	}

	// Loggers that know their span say so in an attribute; it ties the statement to the
	// operation.
	private static @Nullable String spanIdOf(Fields fields) {
		Object own = fields.has("span_id") ? fields.optional("span_id")
				: (fields.optional("attributes") instanceof Map<?, ?> attributes) ? attributes.get("span_id") : null;
		return (own instanceof String text && !text.isEmpty() && text.length() <= TraceId.MAX_LENGTH) ? text : null;
	}

	private static Instant time(Fields fields, String name) {
		Object value = fields.required(name);
		Instant time = (value != null) ? Timestamps.parse(value) : Instant.EPOCH;
		if (time == null) {
			fields.error(name, Timestamps.EXPECTATION);
			return Instant.EPOCH;
		}
		return time;
	}

	private static Duration between(Fields fields, Instant start) {
		Instant end = time(fields, "end_time");
		if (end.isBefore(start)) {
			fields.error("end_time", "is before start_time");
			return Duration.ZERO;
		}
		Duration duration = Duration.between(start, end);
		if (duration.compareTo(LONGEST) > 0) {
			fields.error("end_time", "is more than a year after start_time");
			return Duration.ZERO;
		}
		return duration;
	}

	private static Duration milliseconds(Fields fields) {
		double milliseconds = number(fields, "duration_ms");
		if (milliseconds < 0 || milliseconds > LONGEST.toMillis()) {
			fields.error("duration_ms", "must be between 0 and a year");
			return Duration.ZERO;
		}
		return Duration.ofNanos(Math.round(milliseconds * 1_000_000));
	}

	private static double number(Fields fields, String name) {
		Object value = fields.required(name);
		if (value == null) {
			return 0;
		}
		if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
			return number.doubleValue();
		}
		fields.error(name, "must be a finite number");
		return 0;
	}

	private static Map<String, @Nullable Object> attributes(SignalType type, Fields fields) {
		Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
		Object given = fields.optional("attributes");
		if (given instanceof Map<?, ?> map) {
			map.forEach((key, value) -> attributes.put(String.valueOf(key), value));
		}
		else if (given != null) {
			fields.error("attributes", "must be an object");
		}
		Object stated = fields.optional("signal_type");
		if (stated != null && !isType(stated)) {
			fields.error("signal_type", "must be log, trace or metric");
		}
		else if (stated != null && !stated.equals(type.wireName())) {
			attributes.putIfAbsent("signal_type", stated);
		}
		fields.rest().forEach(attributes::putIfAbsent);
		if (attributes.size() > RecordLimits.ATTRIBUTES) {
			fields.beyondLimit("attributes", "may have " + RecordLimits.ATTRIBUTES + " entries, these are "
					+ attributes.size() + " with the keys beside them");
		}
		return attributes;
	}

	private static boolean isType(Object stated) {
		for (SignalType type : SignalType.values()) {
			if (type.wireName().equals(stated)) {
				return true;
			}
		}
		return false;
	}

	private static Map<String, @Nullable Object> none() {
		return Collections.emptyMap();
	}

}
