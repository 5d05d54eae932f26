package dev.whence.analysis.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Which points of a metric count, and how to tell of them. */
final class Levels {

	/** Where the series are too short to tell. */
	private static final Duration USUAL_STEP = Duration.ofMinutes(1);

	/** Of a window that begins early, a third may still be normal. */
	private static final double UPPER_TERCILE = 2.0 / 3;

	static final Comparator<MetricSeries> BY_NAME = Comparator.comparing(MetricSeries::service)
		.thenComparing(MetricSeries::name)
		.thenComparing(MetricSeries::source)
		.thenComparing(MetricSeries::target);

	private Levels() {
	}

	/** The shortest time between two points of one series. */
	static Duration step(Collection<MetricSeries> series) {
		return series.stream().map(Levels::step).min(Comparator.naturalOrder()).orElse(USUAL_STEP);
	}

	private static Duration step(MetricSeries series) {
		List<Instant> times = series.current().stream().map(MetricSeries.Sample::time).distinct().sorted().toList();
		Duration least = null;
		for (int i = 1; i < times.size(); i++) {
			Duration between = Duration.between(times.get(i - 1), times.get(i));
			least = (least == null || between.compareTo(least) < 0) ? between : least;
		}
		return (least != null) ? least : USUAL_STEP;
	}

	/**
	 * The points of the window. A point stands for the time up to the next one, so that
	 * the one before the window's begin belongs to it.
	 */
	static List<MetricSeries.Sample> within(MetricSeries series, Instant from) {
		Duration step = step(series);
		return series.current().stream().filter((sample) -> sample.time().plus(step).isAfter(from)).toList();
	}

	/**
	 * The point of which two thirds lie below: spikes and a late onset do not move it.
	 */
	static MetricSeries.Sample upperTercile(List<MetricSeries.Sample> samples) {
		List<MetricSeries.Sample> sorted = samples.stream()
			.sorted(Comparator.comparingDouble(MetricSeries.Sample::value).thenComparing(MetricSeries.Sample::time))
			.toList();
		return sorted.get((int) (UPPER_TERCILE * (sorted.size() - 1)));
	}

	/**
	 * The highest that was kept for two points on end: a spike does not count, and what
	 * came before the onset or after the end does not dilute it.
	 * @param samples at least one, oldest first
	 */
	static MetricSeries.Sample held(List<MetricSeries.Sample> samples) {
		MetricSeries.Sample held = null;
		for (int i = 1; i < samples.size(); i++) {
			MetricSeries.Sample lower = (samples.get(i - 1).value() < samples.get(i).value()) ? samples.get(i - 1)
					: samples.get(i);
			held = (held == null || lower.value() > held.value()) ? lower : held;
		}
		return (held != null) ? held : samples.getFirst();
	}

	/** When the series first left what is normal, more than half way to where it went. */
	static Instant onset(List<MetricSeries.Sample> samples, double normal, double now) {
		double half = (normal + now) / 2;
		return samples.stream()
			.filter((sample) -> (now > normal) ? sample.value() >= half : sample.value() <= half)
			.map(MetricSeries.Sample::time)
			.min(Comparator.naturalOrder())
			.orElseThrow();
	}

	static List<UUID> signals(MetricSeries.Sample sample) {
		return (sample.signalId() != null) ? List.of(sample.signalId()) : List.of();
	}

	/** Four digits, as a person reads them. */
	static String told(double value) {
		double size = Math.abs(value);
		if (size == 0 || size >= 1000) {
			return String.format(Locale.ROOT, "%.0f", value);
		}
		int digits = (int) Math.max(0, 3 - Math.floor(Math.log10(size)));
		String text = String.format(Locale.ROOT, "%." + Math.min(digits, 9) + "f", value);
		return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
	}

}
