package dev.whence.model;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A log record.
 *
 * @param level the severity text as the sender wrote it, e.g. {@code ERROR}
 * @param message the body as text
 * @param spanId the span it was written in, where the sender says so
 */
public record LogRecord(UUID signalId, @Nullable TraceId traceId, @Nullable String spanId, String serviceName,
		Instant timestamp, String level, String message, Map<String, @Nullable Object> attributes,
		Map<String, @Nullable Object> resource, Map<String, @Nullable Object> details) implements Signal {

	/** The levels of what went wrong, in upper case. */
	public static final Set<String> FAILED = Set.of("ERROR", "SEVERE", "ERR", "FATAL", "CRITICAL", "EMERGENCY", "ALERT",
			"PANIC", "CRIT", "EMERG");

	@Override
	public SignalType type() {
		return SignalType.LOG;
	}

}
