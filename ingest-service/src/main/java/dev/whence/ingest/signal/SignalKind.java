package dev.whence.ingest.signal;

import java.util.Map;

import dev.whence.model.SignalType;
import org.jspecify.annotations.Nullable;

/**
 * Tells the kind of a signal that does not come to an endpoint of its own:
 * {@code signal_type} says it; without that, {@code span_id} together with
 * {@code duration_ms} or {@code start_time} makes a span, {@code metric_name} or
 * {@code value} a metric point, {@code level} or {@code message} a log record, in this
 * order.
 */
final class SignalKind {

	private SignalKind() {
	}

	/** The kind, or null when nothing tells it. */
	static @Nullable SignalType of(Map<String, @Nullable Object> fields) {
		Object stated = fields.get("signal_type");
		if (stated != null) {
			for (SignalType type : SignalType.values()) {
				if (type.wireName().equals(stated)) {
					return type;
				}
			}
			return null;
		}
		if (fields.containsKey("span_id") && (fields.containsKey("duration_ms") || fields.containsKey("start_time"))) {
			return SignalType.TRACE;
		}
		if (fields.containsKey("metric_name") || fields.containsKey("value")) {
			return SignalType.METRIC;
		}
		return (fields.containsKey("level") || fields.containsKey("message")) ? SignalType.LOG : null;
	}

}
