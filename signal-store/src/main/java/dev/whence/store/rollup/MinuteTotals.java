package dev.whence.store.rollup;

import java.time.Instant;

/**
 * How much was stored of a minute, in all services.
 *
 * @param errors spans that failed
 * @param points points of metrics
 */
public record MinuteTotals(Instant minute, long spans, long errors, long logs, long points) {
}
