package dev.whence.benchmarks.scale;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a request costs, by the number of signals in it. Between two measured sizes the
 * cost grows by a power, as a straight line on paper with logarithmic axes; beyond the
 * largest it grows with the size.
 */
final class CostCurve {

	private final TreeMap<Double, Double> measured = new TreeMap<>();

	/**
	 * @param measured microseconds of CPU by signals in a request
	 */
	CostCurve(Map<Double, Double> measured) {
		this.measured.putAll(measured);
		if (!this.measured.containsKey(1.0)) {
			throw new IllegalArgumentException("a curve begins with what a single signal costs");
		}
	}

	/** Microseconds for a request. */
	double micros(double size) {
		Map.Entry<Double, Double> below = this.measured.floorEntry(size);
		Map.Entry<Double, Double> above = this.measured.higherEntry(size);
		if (above == null) {
			return below.getValue() * size / below.getKey();
		}
		double way = Math.log(size / below.getKey()) / Math.log(above.getKey() / below.getKey());
		return below.getValue() * Math.pow(above.getValue() / below.getValue(), way);
	}

}
