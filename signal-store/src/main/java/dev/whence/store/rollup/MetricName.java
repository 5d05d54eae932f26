package dev.whence.store.rollup;

import java.time.Instant;

import dev.whence.model.MetricKind;

/**
 * A metric of a service.
 *
 * @param kind of the series with the latest point
 * @param unit of the same; empty when unknown
 * @param series how many there are
 * @param lastSeen when a point of any of them was last counted, within an hour
 */
public record MetricName(String service, String name, MetricKind kind, String unit, long series, Instant lastSeen) {
}
