package dev.whence.store.rollup;

import java.time.Duration;
import java.time.Instant;

/**
 * Whole minutes without a gap, cut into steps of equal length that begin where the day
 * does, so that the same minute always lies in the same step.
 *
 * @param from inclusive, the first instant of a step
 * @param to exclusive, the first instant of a minute
 * @param step minutes; divides a day
 */
public record MinuteRange(Instant from, Instant to, int step) {

	private static final int DAY = 24 * 60;

	/** From a minute to steps of days; all but the first two are whole fives. */
	private static final int[] STEPS = { 1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720, DAY };

	public MinuteRange {
		if (!from.isBefore(to) || step < 1 || DAY % step != 0 || Minutes.numberOf(from) % step != 0
				|| !from.equals(Minutes.floor(from)) || !to.equals(Minutes.floor(to))) {
			throw new IllegalArgumentException("no range in steps of " + step + " minutes: " + from + " to " + to);
		}
	}

	/**
	 * The minutes that an interval touches, begun a little earlier where the step
	 * demands.
	 * @param from inclusive
	 * @param to exclusive, later than {@code from}
	 * @param most how many steps there are at most; beyond so many days, a step is a day
	 * and there are more
	 */
	public static MinuteRange covering(Instant from, Instant to, int most) {
		int first = Minutes.numberOf(from);
		int end = Minutes.numberOf(to.minusNanos(1)) + 1;
		for (int step : STEPS) {
			int begin = first - Math.floorMod(first, step);
			if ((end - begin + step - 1) / step <= most || step == DAY) {
				return new MinuteRange(Minutes.startOf(begin), Minutes.startOf(end), step);
			}
		}
		throw new IllegalStateException("the last step is taken at the latest");
	}

	/** The minutes that an interval touches, as one step each. */
	public static MinuteRange covering(Instant from, Instant to) {
		return covering(from, to, Integer.MAX_VALUE);
	}

	public Duration duration() {
		return Duration.between(this.from, this.to);
	}

	/** How many steps there are; the last one may end behind the range. */
	public int steps() {
		return (end() - first() + this.step - 1) / this.step;
	}

	public Instant startOf(int step) {
		return this.from.plus(Duration.ofMinutes((long) step * this.step));
	}

	int first() {
		return Minutes.numberOf(this.from);
	}

	int end() {
		return Minutes.numberOf(this.to);
	}

}
