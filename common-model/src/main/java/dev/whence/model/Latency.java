package dev.whence.model;

import java.util.Locale;
import java.util.Map;

/**
 * Reads a metric as a latency. The original service knew milliseconds alone and called
 * 2000 of them slow; where the unit or the name's ending says another unit of time, that
 * one counts. A sum counts, and is no latency whatever its name.
 */
public final class Latency {

	/** From here on a single point is slow, in milliseconds. */
	public static final double SLOW = 2000;

	private static final Map<String, Double> MILLISECONDS = Map.ofEntries(Map.entry("ns", 1e-6),
			Map.entry("nanoseconds", 1e-6), Map.entry("nanos", 1e-6), Map.entry("us", 1e-3), Map.entry("µs", 1e-3),
			Map.entry("microseconds", 1e-3), Map.entry("micros", 1e-3), Map.entry("ms", 1.0),
			Map.entry("milliseconds", 1.0), Map.entry("millis", 1.0), Map.entry("s", 1e3), Map.entry("sec", 1e3),
			Map.entry("seconds", 1e3), Map.entry("min", 6e4), Map.entry("minutes", 6e4), Map.entry("h", 3.6e6));

	private Latency() {
	}

	/** Whether a metric of this kind and name is a latency. */
	public static boolean isLatency(MetricKind kind, String name) {
		return kind != MetricKind.SUM && name.toLowerCase(Locale.ROOT).contains("latency");
	}

	/** Whether the point is a latency of {@link #SLOW} milliseconds and more. */
	public static boolean isSlow(MetricPoint point) {
		Double value = point.value();
		return value != null && isLatency(point.kind(), point.name())
				&& milliseconds(point.name(), point.unit(), value) >= SLOW;
	}

	/** The limit for people, in the unit in which it is compared. */
	public static String limit(MetricPoint point) {
		return (long) SLOW + (MILLISECONDS.containsKey(unit(point.name(), point.unit())) ? " ms"
				: (" " + point.unit()).stripTrailing());
	}

	/**
	 * A value in milliseconds; as it is when neither unit nor name says what it is
	 * counted in.
	 * @param unit UCUM, or a word for a unit of time; empty when unknown
	 */
	public static double milliseconds(String name, String unit, double value) {
		return value * MILLISECONDS.getOrDefault(unit(name, unit), 1.0);
	}

	private static String unit(String metric, String unit) {
		if (!unit.isEmpty()) {
			return unit.toLowerCase(Locale.ROOT);
		}
		String name = metric.toLowerCase(Locale.ROOT);
		return name.substring(Math.max(name.lastIndexOf('_'), name.lastIndexOf('.')) + 1);
	}

}
