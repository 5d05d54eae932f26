package dev.whence.ingest.triage;

import java.util.Locale;
import java.util.Map;

import dev.whence.model.MetricKind;
import dev.whence.model.MetricPoint;

import org.jspecify.annotations.Nullable;

/**
 * Whether a metric is a latency, and a slow one: 2000 and more in its own unit, as in the
 * original service, which knew milliseconds alone; where the unit or the name's ending
 * says another unit of time, 2000 milliseconds. A sum counts, and is no latency whatever
 * its name.
 */
final class Latency {

	/** From here on, in milliseconds. */
	private static final double SLOW = 2000;

	private static final Map<String, Double> MILLISECONDS = Map.ofEntries(Map.entry("ns", 1e-6),
			Map.entry("nanoseconds", 1e-6), Map.entry("nanos", 1e-6), Map.entry("us", 1e-3), Map.entry("µs", 1e-3),
			Map.entry("microseconds", 1e-3), Map.entry("micros", 1e-3), Map.entry("ms", 1.0),
			Map.entry("milliseconds", 1.0), Map.entry("millis", 1.0), Map.entry("s", 1e3), Map.entry("sec", 1e3),
			Map.entry("seconds", 1e3), Map.entry("min", 6e4), Map.entry("minutes", 6e4), Map.entry("h", 3.6e6));

	private Latency() {
	}

	static boolean isSlow(MetricPoint point) {
		return point.kind() != MetricKind.SUM && point.name().toLowerCase(Locale.ROOT).contains("latency")
				&& isSlow(point.value(), unit(point));
	}

	/** The limit for people, in the unit in which it is compared. */
	static String limit(MetricPoint point) {
		return (long) SLOW + (MILLISECONDS.containsKey(unit(point)) ? " ms" : (" " + point.unit()).stripTrailing());
	}

	private static boolean isSlow(@Nullable Double value, String unit) {
		return value != null && value * MILLISECONDS.getOrDefault(unit, 1.0) >= SLOW;
	}

	private static String unit(MetricPoint point) {
		if (!point.unit().isEmpty()) {
			return point.unit().toLowerCase(Locale.ROOT);
		}
		String name = point.name().toLowerCase(Locale.ROOT);
		return name.substring(Math.max(name.lastIndexOf('_'), name.lastIndexOf('.')) + 1);
	}

}
