package dev.whence.store.rollup;

/**
 * What calls came to, together.
 *
 * @param errors how many of them failed
 */
public record CallTotals(long calls, long errors, DurationSketch durations) {

	public static final CallTotals NONE = new CallTotals(0, 0, DurationSketch.EMPTY);

}
