package dev.whence.model;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * One piece of telemetry as it is stored. Which project owns it is not part of the value:
 * the project comes from the credential, beside it.
 * <p>
 * Attribute values are what JSON can say: {@code String}, {@code Boolean}, {@code Long},
 * {@code Double}, {@code List}, {@code Map} and {@code null}. Times carry nanoseconds.
 */
public sealed interface Signal permits LogRecord, Span, MetricPoint {

	/** Identity within a project; a second signal with this id is never stored. */
	UUID signalId();

	SignalType type();

	@Nullable TraceId traceId();

	/** The emitting service; may be empty, as the original API allowed it. */
	String serviceName();

	/** When it happened by the sender's clock; for a span, when it started. */
	Instant timestamp();

	Map<String, @Nullable Object> attributes();

	/** What OpenTelemetry calls the resource; empty for native signals. */
	Map<String, @Nullable Object> resource();

	/**
	 * Everything else the sender said that has no field of its own: scope, flags, events,
	 * links, buckets, exemplars.
	 */
	Map<String, @Nullable Object> details();

}
