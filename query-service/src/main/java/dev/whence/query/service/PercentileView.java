package dev.whence.query.service;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * How long a span took beside its like.
 *
 * @param percentile the share of them that took less time, from 0 to 1; null while none
 * are counted
 * @param durationMs how long it took itself
 * @param count how many spans of its service, operation and kind began in the range
 */
record PercentileView(@Nullable Double percentile, String operation, String service, String kind,
		@JsonProperty("duration_ms") double durationMs, long count, @JsonProperty("p50_ms") @Nullable Double p50Ms,
		@JsonProperty("p95_ms") @Nullable Double p95Ms, @JsonProperty("p99_ms") @Nullable Double p99Ms, Instant from,
		Instant to) {
}
