package dev.whence.store.rollup;

import java.time.Instant;

/**
 * The points of one series in a minute.
 *
 * @param series the {@link SeriesKey#id() id} of the series
 * @param last the value of the latest point, by the sender's clock
 * @param samples the values in ascending order; of more than eight, eight order
 * statistics at even distances, smallest and largest included; empty for
 * {@link RollupReader#OTHER}, whose points have nothing in common
 */
public record MetricRollup(long series, Instant minute, long count, double sum, double min, double max, double last,
		double[] samples) {

	public double mean() {
		return this.sum / this.count;
	}

}
