package dev.whence.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * One operation of one service within a trace.
 *
 * @param parentSpanId absent for the span that entered the system
 * @param name the operation; empty where a native client does not say
 * @param timestamp when it started
 * @param status as the sender wrote it: {@code OK}, {@code ERROR}, {@code UNSET} or free
 * text
 */
public record Span(UUID signalId, TraceId traceId, String spanId, @Nullable String parentSpanId, String serviceName,
		String name, SpanKind kind, Instant timestamp, Duration duration, String status, @Nullable String statusMessage,
		Map<String, @Nullable Object> attributes, Map<String, @Nullable Object> resource,
		Map<String, @Nullable Object> details) implements Signal {

	/** The statuses of what failed, in lower case. */
	public static final Set<String> FAILED = Set.of("error", "failed", "failure", "status_code_error");

	@Override
	public SignalType type() {
		return SignalType.TRACE;
	}

	public boolean failed() {
		return FAILED.contains(this.status.toLowerCase(Locale.ROOT));
	}

	public Instant endTime() {
		return this.timestamp.plus(this.duration);
	}

}
