package dev.whence.standalone.evaluate.score;

import java.util.HashMap;
import java.util.Map;

/**
 * How well predicted clusters agree with true ones, over all pairs of items.
 *
 * @param precision of the pairs that are together, how many belong together
 * @param recall of the pairs that belong together, how many are together
 * @param compression items for each predicted cluster
 */
public record Clusters(double precision, double recall, double f1, double compression) {

	/**
	 * Compares two groupings of the same items; an item without a prediction is alone.
	 * @param truth the cluster of each item
	 * @param predicted the cluster of each item
	 */
	public static <T> Clusters compare(Map<T, String> truth, Map<T, String> predicted) {
		Map<String, Long> actual = new HashMap<>();
		Map<String, Long> found = new HashMap<>();
		Map<Pair, Long> both = new HashMap<>();
		truth.forEach((item, cluster) -> {
			String group = predicted.getOrDefault(item, "alone/" + item);
			actual.merge(cluster, 1L, Long::sum);
			found.merge(group, 1L, Long::sum);
			both.merge(new Pair(cluster, group), 1L, Long::sum);
		});
		double together = pairs(both);
		double precision = ratio(together, pairs(found));
		double recall = ratio(together, pairs(actual));
		return new Clusters(precision, recall, harmonic(precision, recall),
				found.isEmpty() ? 0 : (double) truth.size() / found.size());
	}

	static double harmonic(double one, double other) {
		return (one + other > 0) ? 2 * one * other / (one + other) : 0;
	}

	private static double pairs(Map<?, Long> sizes) {
		return sizes.values().stream().mapToDouble((size) -> size * (size - 1) / 2.0).sum();
	}

	private static double ratio(double part, double whole) {
		return (whole > 0) ? part / whole : 1;
	}

	private record Pair(String truth, String predicted) {
	}

}
