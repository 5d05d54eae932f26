package dev.whence.model;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * One data point of one metric.
 *
 * @param value the number; for a histogram or summary its mean, with the distribution in
 * {@link #details()}; null when the sender said that there is none, or said nothing
 * @param unit UCUM where OpenTelemetry sent it, otherwise free text; empty when unknown
 */
public record MetricPoint(UUID signalId, @Nullable TraceId traceId, String serviceName, Instant timestamp, String name,
		MetricKind kind, @Nullable Double value, String unit, Map<String, @Nullable Object> attributes,
		Map<String, @Nullable Object> resource, Map<String, @Nullable Object> details) implements Signal {

	@Override
	public SignalType type() {
		return SignalType.METRIC;
	}

}
