package dev.whence.store.rollup;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The points of one series in a step of a range.
 *
 * @param series the {@link SeriesKey#id() id} of the series
 * @param step counted from 0, see {@link MinuteRange#startOf}
 * @param last the value of the latest point, by the sender's clock
 * @param lastMinute the minute that this point lies in
 * @param rise what a running total grew by, from minute to minute with a point; where it
 * fell it began anew at zero; null where no minute before is known
 * @param risen the time in which it grew by that
 */
public record StepPoints(long series, int step, long count, double sum, double min, double max, double last,
		Instant lastMinute, @Nullable Double rise, Duration risen) {

	public double mean() {
		return this.sum / this.count;
	}

}
