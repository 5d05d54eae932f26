package dev.whence.query.metric;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.store.rollup.MinuteRange;
import dev.whence.store.rollup.SeriesKey;
import dev.whence.store.rollup.StepPoints;
import org.jspecify.annotations.Nullable;

/**
 * How the series of a metric went.
 *
 * @param rate whether values are amounts per second, of a sum that only grows or of
 * increments; otherwise they are means
 * @param series those with the most points first
 * @param attributes what series are told apart by, and may be asked for
 * @param watermark before it, all of the range is counted
 * @param truncated whether there are more series
 */
record MetricSeries(String service, String name, String kind, String unit, boolean rate,
		@JsonProperty("bucket_seconds") long bucketSeconds, List<MeasuredSeries> series,
		List<SeriesAttribute> attributes, Instant from, Instant to, Instant watermark, boolean truncated) {

	/**
	 * A series in every bucket of the range, oldest first.
	 *
	 * @param attributes of its points, and where they come from
	 * @param last the value of its latest point in the range, as it was sent
	 * @param lastAt the minute of this point
	 */
	record MeasuredSeries(Map<String, @Nullable Object> attributes, Map<String, @Nullable Object> resource, double last,
			@JsonProperty("last_at") Instant lastAt, List<MeasuredPoint> points) {

		/** Of points in at least one step. */
		static MeasuredSeries of(SeriesKey key, List<StepPoints> steps, Reading reading, MinuteRange range,
				Instant watermark) {
			Map<Integer, StepPoints> byStep = steps.stream()
				.collect(Collectors.toMap(StepPoints::step, Function.identity()));
			StepPoints last = steps.getLast();
			return new MeasuredSeries(key.attributes(), key.resource(), last.last(), last.lastMinute(),
					IntStream.range(0, range.steps())
						.mapToObj((step) -> MeasuredPoint.of(range, step, byStep.get(step), reading, watermark))
						.toList());
		}

	}

	/**
	 * A part of the range.
	 *
	 * @param value the mean, or the amount per second; null where nothing was measured
	 * @param min the smallest value that was sent; null where values are amounts per
	 * second
	 * @param max the largest one, likewise
	 */
	record MeasuredPoint(Instant start, @Nullable Double value, @Nullable Double min, @Nullable Double max) {

		static MeasuredPoint of(MinuteRange range, int step, @Nullable StepPoints points, Reading reading,
				Instant watermark) {
			Instant start = range.startOf(step);
			if (points == null) {
				return new MeasuredPoint(start, null, null, null);
			}
			Instant counted = later(points.lastMinute().plus(Duration.ofMinutes(1)), watermark);
			Instant end = earlier(earlier(range.startOf(step + 1), range.to()), counted);
			Double value = reading.of(points, Duration.between(start, end));
			return reading.isRate() ? new MeasuredPoint(start, value, null, null)
					: new MeasuredPoint(start, value, points.min(), points.max());
		}

		private static Instant earlier(Instant one, Instant other) {
			return one.isBefore(other) ? one : other;
		}

		private static Instant later(Instant one, Instant other) {
			return one.isAfter(other) ? one : other;
		}

	}

	/**
	 * An attribute with the values that series have.
	 *
	 * @param values the most frequent ones
	 * @param others how many series have another value
	 */
	record SeriesAttribute(String name, List<SeriesValue> values, long others) {
	}

	/**
	 * A value.
	 *
	 * @param series how many have it
	 */
	record SeriesValue(String value, long series) {
	}

	static String kind(SeriesKey key) {
		return key.kind().name().toLowerCase(Locale.ROOT);
	}

}
