package dev.whence.store.rollup;

import java.time.Instant;

/**
 * What one service served in a step of a range.
 *
 * @param step counted from 0, see {@link MinuteRange#startOf}
 * @param lastMinute the latest minute with a call
 */
public record StepDurations(int step, CallTotals totals, Instant lastMinute) {
}
