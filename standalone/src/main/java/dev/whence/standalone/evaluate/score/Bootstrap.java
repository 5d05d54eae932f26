package dev.whence.standalone.evaluate.score;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * The 95 % percentile bootstrap interval of a mean. The same values have the same
 * interval.
 */
public record Bootstrap(double low, double high) {

	private static final int SAMPLES = 2_000;

	/** Draws as many as there are, with replacement, again and again. */
	public static Bootstrap ofMean(List<Double> values) {
		if (values.isEmpty()) {
			return new Bootstrap(0, 0);
		}
		Random random = new Random(0);
		double[] means = new double[SAMPLES];
		for (int sample = 0; sample < SAMPLES; sample++) {
			double sum = 0;
			for (int i = 0; i < values.size(); i++) {
				sum += values.get(random.nextInt(values.size()));
			}
			means[sample] = sum / values.size();
		}
		Arrays.sort(means);
		return new Bootstrap(means[(int) (0.025 * SAMPLES)], means[(int) (0.975 * SAMPLES)]);
	}

}
