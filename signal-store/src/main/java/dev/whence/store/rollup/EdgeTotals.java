package dev.whence.store.rollup;

/**
 * What one service called of another in a range, as the callee saw it.
 *
 * @param gaps how much longer each call took for the caller, see {@link EdgeRollup}
 */
public record EdgeTotals(String caller, String callee, CallTotals totals, DurationSketch gaps) {
}
