package dev.whence.store.rollup;

import java.time.Instant;

/**
 * What a service logged of a severity in a step of a range.
 *
 * @param step counted from 0, see {@link MinuteRange#startOf}
 * @param lastMinute the latest minute with one of them
 */
public record StepLogs(int step, String severity, long count, Instant lastMinute) {
}
