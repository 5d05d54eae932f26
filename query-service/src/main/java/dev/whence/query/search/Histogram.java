package dev.whence.query.search;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * How many signals match, over time.
 *
 * @param bucketSeconds how long each bucket is
 * @param buckets all of the range, the oldest first, those without a signal as well
 */
record Histogram(@JsonProperty("bucket_seconds") double bucketSeconds, List<Bar> buckets, Instant from, Instant to,
		@JsonUnwrapped Completeness completeness) {

	/**
	 * One stretch of time.
	 *
	 * @param series the count by level for logs, by {@code ok} and {@code error} for
	 * spans
	 */
	record Bar(Instant start, long count, Map<String, Long> series) {
	}

	/** Counts. */
	static final class Counter {

		/** Lengths that people read easily. */
		private static final List<Duration> STEPS = List.of(Duration.ofMillis(1), Duration.ofMillis(10),
				Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(5),
				Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(1), Duration.ofMinutes(2),
				Duration.ofMinutes(5), Duration.ofMinutes(10), Duration.ofMinutes(30), Duration.ofHours(1),
				Duration.ofHours(3), Duration.ofHours(6), Duration.ofHours(12), Duration.ofDays(1), Duration.ofDays(7),
				Duration.ofDays(30), Duration.ofDays(365));

		/** Of what can be counted in nanoseconds. */
		private static final Duration LONGEST = Duration.ofDays(100 * 365);

		private final long step;

		private final long first;

		private final List<Map<String, Long>> counts = new ArrayList<>();

		private final SearchRequest request;

		/**
		 * @param most buckets
		 */
		Counter(SearchRequest request, int most) {
			this.request = request;
			Duration range = Duration.between(request.from(), request.to());
			Duration length = STEPS.stream()
				.filter((one) -> range.dividedBy(one) + 1 < most)
				.findFirst()
				.orElse(STEPS.getLast().multipliedBy(1 + range.dividedBy(STEPS.getLast()) / most));
			this.step = ((length.compareTo(LONGEST) < 0) ? length : LONGEST).toNanos();
			this.first = Math.floorDiv(nanos(request.from()), this.step);
			long last = Math.floorDiv(nanos(request.to()), this.step);
			for (long i = this.first; i <= last; i++) {
				this.counts.add(new TreeMap<>());
			}
		}

		/** How long each bucket is. */
		Duration step() {
			return Duration.ofNanos(this.step);
		}

		void count(Instant time, String state, long count) {
			if (count > 0) {
				int bucket = Math.toIntExact(Math.floorDiv(nanos(time), this.step) - this.first);
				this.counts.get(bucket).merge(state, count, Long::sum);
			}
		}

		Histogram histogram(Completeness completeness) {
			List<Bar> buckets = new ArrayList<>();
			for (int i = 0; i < this.counts.size(); i++) {
				Map<String, Long> series = this.counts.get(i);
				buckets.add(new Bar(Instant.EPOCH.plusNanos((this.first + i) * this.step),
						series.values().stream().mapToLong(Long::longValue).sum(), series));
			}
			return new Histogram(this.step / 1e9, buckets, this.request.from(), this.request.to(), completeness);
		}

		private static long nanos(Instant time) {
			return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
		}

	}

}
