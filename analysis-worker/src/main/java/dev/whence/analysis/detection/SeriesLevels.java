package dev.whence.analysis.detection;

import java.util.Arrays;
import java.util.Optional;

/**
 * Tells whether a latency series stays where it has never stayed before. Quantiles of few
 * calls jump, and many series are above any fixed limit all day long; what counts is that
 * every one of five minutes on end is far above the best that five minutes on end ever
 * looked like before.
 */
final class SeriesLevels {

	/** A usual {@code for} of alerting rules is five minutes. */
	static final int RUN = 5;

	/** Less than an hour does not show how much the minutes differ. */
	static final int LEAST_NORMAL = 60;

	/** Beyond the highest by so much; 2 and 5 make little difference. */
	private static final double BEYOND = 3;

	/** Faster than this nobody complains, in milliseconds. */
	static final double FLOOR = 50;

	private SeriesLevels() {
	}

	/**
	 * Looks at a series.
	 * @param lows the smallest value of each minute with a point, in milliseconds, oldest
	 * first; the last one is the minute that is looked at
	 * @return how high it stays, empty when that is not unusual or nothing is known
	 */
	static Optional<Rise> rise(double[] lows) {
		int before = lows.length - RUN;
		if (before < LEAST_NORMAL) {
			return Optional.empty();
		}
		double now = low(lows, before);
		double highest = Double.NEGATIVE_INFINITY;
		for (int from = 0; from + RUN <= before; from++) {
			highest = Math.max(highest, low(lows, from));
		}
		return (now >= FLOOR && now > BEYOND * highest) ? Optional.of(new Rise(now, Math.max(highest, 0)))
				: Optional.empty();
	}

	private static double low(double[] lows, int from) {
		return Arrays.stream(lows, from, from + RUN).min().orElseThrow();
	}

	/**
	 * How high a series stays.
	 *
	 * @param now what it did not fall below, in milliseconds
	 * @param before the most that it did not fall below before
	 */
	record Rise(double now, double before) {
	}

}
