package dev.whence.analysis.evidence;

import dev.whence.analysis.statistics.Sample;
import dev.whence.analysis.statistics.Surprise;

/**
 * How far durations moved up from what is normal.
 *
 * @param surprise of the size of the move and of the number of durations beyond the
 * bound, whichever is smaller: one slow call is no shift, neither are many that are
 * hardly slower
 * @param normal the median before, milliseconds
 * @param now the median in the window, milliseconds
 * @param bound what exceeds it is slow, milliseconds
 */
record Shift(double surprise, double normal, double now, double bound) {

	/** Below, once in ten times, nothing is said to have moved. */
	static final double LEAST_SURPRISE = 1;

	/** Three median absolute deviations are two standard deviations of a normal. */
	private static final double DEVIATIONS = 3;

	/** Less is within what clocks and schedulers do. */
	private static final double LEAST_MILLISECONDS = 3;

	/** A reference drifts: it counts at most like this many durations. */
	private static final double MOST_REFERENCE = 50;

	/**
	 * Neither sample is empty.
	 * @param relative share of the median that a move has to be measured against at least
	 */
	static Shift of(Sample reference, Sample window, double relative) {
		double normal = reference.median();
		double now = window.median();
		double scale = Math.max(Math.max(DEVIATIONS * reference.medianAbsoluteDeviation(), relative * normal),
				LEAST_MILLISECONDS);
		double bound = Math.max(normal + 2 * scale, (normal + now) / 2);
		int slow = window.above(bound);
		if (slow == 0) {
			return new Shift(0, normal, now, bound);
		}
		double worth = Math.min(MOST_REFERENCE, reference.size());
		double slowBefore = reference.above(bound) * worth / reference.size();
		double surprise = Math.min(Surprise.ofDeviation((now - normal) / scale),
				Surprise.ofSoMany(slow, window.size(), slowBefore, worth));
		return new Shift(surprise, normal, now, bound);
	}

	boolean isOne() {
		return this.surprise >= LEAST_SURPRISE;
	}

}
