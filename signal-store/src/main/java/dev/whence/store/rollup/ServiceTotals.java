package dev.whence.store.rollup;

import java.time.Instant;

/**
 * What a service did in a range.
 *
 * @param served its server and consumer spans; where it has none in the range, all of its
 * spans
 * @param lastMinute the latest minute in which one of those began
 */
public record ServiceTotals(String service, CallTotals served, Instant lastMinute) {
}
