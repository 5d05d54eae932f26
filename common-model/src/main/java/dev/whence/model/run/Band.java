package dev.whence.model.run;

import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Where a number usually lies: its median, and around it three times the median absolute
 * deviation (made comparable with a standard deviation by 1.4826, as in Rousseeuw and
 * Croux 1993) or the least that matters, whichever is more.
 *
 * @param low the median less that
 * @param high the median and that
 * @param values how many numbers it is made of
 */
public record Band(double median, double low, double high, int values) {

	/** Fewer numbers have no usual place. */
	public static final int FEWEST = 5;

	private static final double WIDTH = 3 * 1.4826;

	/**
	 * The band of these numbers; null when they are too few.
	 * @param leastOfMedian the share of the median that is no matter
	 * @param least what is no matter whatever the median
	 */
	static @Nullable Band of(List<Double> numbers, double leastOfMedian, double least) {
		if (numbers.size() < FEWEST) {
			return null;
		}
		double median = median(numbers.stream().mapToDouble(Double::doubleValue).toArray());
		double deviation = median(numbers.stream().mapToDouble((number) -> Math.abs(number - median)).toArray());
		double width = Math.max(WIDTH * deviation, Math.max(leastOfMedian * Math.abs(median), least));
		return new Band(median, median - width, median + width, numbers.size());
	}

	public boolean holds(double number) {
		return number >= this.low && number <= this.high;
	}

	/** The number in the middle, or between the two; sorts them. */
	static double median(double[] numbers) {
		Arrays.sort(numbers);
		int half = numbers.length / 2;
		return (numbers.length % 2 == 1) ? numbers[half] : (numbers[half - 1] + numbers[half]) / 2;
	}

}
