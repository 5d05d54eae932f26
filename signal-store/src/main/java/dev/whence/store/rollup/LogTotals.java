package dev.whence.store.rollup;

import java.time.Instant;

/**
 * What a service logged in a range.
 *
 * @param errors how many of the logs have a level that was asked for
 * @param lastMinute the latest minute with a log
 */
public record LogTotals(String service, long logs, long errors, Instant lastMinute) {
}
