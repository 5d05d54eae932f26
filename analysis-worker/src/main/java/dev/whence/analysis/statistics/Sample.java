package dev.whence.analysis.statistics;

import java.util.Arrays;

/** Measured values in ascending order. */
public final class Sample {

	private final double[] values;

	private Sample(double[] sorted) {
		this.values = sorted;
	}

	/** A copy, sorted; {@code values} stay as they are. */
	public static Sample of(double... values) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		return new Sample(sorted);
	}

	public int size() {
		return this.values.length;
	}

	/**
	 * The value below which that share of the sample lies, between two neighbours
	 * interpolated (Hyndman and Fan's type 7).
	 * @throws IllegalStateException when the sample is empty
	 */
	public double quantile(double share) {
		if (this.values.length == 0) {
			throw new IllegalStateException("an empty sample has no quantile");
		}
		double at = (this.values.length - 1) * share;
		int below = (int) at;
		int above = Math.min(below + 1, this.values.length - 1);
		return this.values[below] + (this.values[above] - this.values[below]) * (at - below);
	}

	public double median() {
		return quantile(0.5);
	}

	/** The median of the distances to the median. */
	public double medianAbsoluteDeviation() {
		double median = median();
		return of(Arrays.stream(this.values).map((value) -> Math.abs(value - median)).toArray()).median();
	}

	/** How many values lie above the bound. */
	public int above(double bound) {
		int low = 0;
		int high = this.values.length;
		while (low < high) {
			int middle = (low + high) >>> 1;
			if (this.values[middle] > bound) {
				high = middle;
			}
			else {
				low = middle + 1;
			}
		}
		return this.values.length - low;
	}

}
