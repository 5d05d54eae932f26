package dev.whence.query.service;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.store.rollup.MinuteRange;
import dev.whence.store.rollup.StepCalls;
import org.jspecify.annotations.Nullable;

/**
 * Calls and errors over time.
 *
 * @param services those with the most calls first
 * @param watermark before it, all of the range is counted
 * @param truncated whether there are more services
 */
record ErrorSeries(@JsonProperty("bucket_seconds") long bucketSeconds, List<Errors> services, Instant from, Instant to,
		Instant watermark, boolean truncated) {

	/** A service in every bucket of the range, oldest first. */
	record Errors(String service, List<Point> series) {

		static Errors of(String service, MinuteRange range, List<StepCalls> calls) {
			Map<Integer, StepCalls> byStep = calls.stream()
				.collect(Collectors.toMap(StepCalls::step, Function.identity()));
			return new Errors(service,
					IntStream.range(0, range.steps())
						.mapToObj((step) -> Point.of(range.startOf(step), byStep.get(step)))
						.toList());
		}

		@JsonIgnore
		long calls() {
			return this.series.stream().mapToLong(Point::calls).sum();
		}

	}

	/** What a service did in a part of the range. */
	record Point(Instant start, long calls, long errors) {

		static Point of(Instant start, @Nullable StepCalls calls) {
			return (calls != null) ? new Point(start, calls.calls(), calls.errors()) : new Point(start, 0, 0);
		}

	}

}
