package dev.whence.store.rollup;

import java.time.Duration;
import java.time.Instant;

import dev.whence.model.SpanKind;

/**
 * The spans of one operation of one service that began in a minute.
 *
 * @param operation {@link RollupReader#OTHER} for what exceeded the number of operations
 * that are told apart
 * @param errors how many of the calls failed
 * @param total the sum of the durations
 */
public record SpanRollup(Instant minute, String service, String operation, SpanKind kind, long calls, long errors,
		Duration total, DurationSketch durations) {
}
