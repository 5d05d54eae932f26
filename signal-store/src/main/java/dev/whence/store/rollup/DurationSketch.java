package dev.whence.store.rollup;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * How durations are distributed, in buckets that grow by the sixteenth root of two: a
 * quantile is off by 2.2 % of its value at most. Merging two sketches gives the sketch of
 * both samples, exactly.
 */
public final class DurationSketch {

	/** Of no durations. */
	public static final DurationSketch EMPTY = new DurationSketch(new int[0], new long[0]);

	/** How many buckets an octave has. */
	static final int RESOLUTION = 16;

	/** Holds what has no logarithm. */
	static final int ZERO = -1;

	/**
	 * Buckets of a nanosecond's natural logarithm. PostgreSQL computes the same, see
	 * {@link MinuteCounter}.
	 */
	static final double SCALE = RESOLUTION / Math.log(2);

	/** Puts powers of two on one side of their border, however their logarithm rounds. */
	static final double BORDER = 1e-9;

	private final int[] buckets;

	private final long[] counts;

	/**
	 * @param buckets in ascending order
	 * @param counts how many durations each of them holds
	 */
	DurationSketch(int[] buckets, long[] counts) {
		this.buckets = buckets;
		this.counts = counts;
	}

	/** The sketch of these durations, in nanoseconds; what is negative counts as zero. */
	public static DurationSketch of(long... nanos) {
		Map<Integer, Long> counts = new TreeMap<>();
		for (long duration : nanos) {
			counts.merge(bucketOf(duration), 1L, Long::sum);
		}
		return of(counts);
	}

	/** The sketch of both samples. */
	public DurationSketch merge(DurationSketch other) {
		Map<Integer, Long> sum = new TreeMap<>();
		addTo(sum);
		other.addTo(sum);
		return of(sum);
	}

	/** The sketch of all samples. */
	public static DurationSketch merge(Collection<DurationSketch> sketches) {
		Map<Integer, Long> sum = new TreeMap<>();
		sketches.forEach((sketch) -> sketch.addTo(sum));
		return of(sum);
	}

	/** How many durations there are. */
	public long count() {
		long sum = 0;
		for (long count : this.counts) {
			sum += count;
		}
		return sum;
	}

	/**
	 * The duration that a share of all do not exceed.
	 * @param share from 0, the shortest, to 1, the longest
	 * @throws IllegalStateException without a duration
	 */
	public Duration quantile(double share) {
		if (this.counts.length == 0) {
			throw new IllegalStateException("no durations have no quantile");
		}
		long rank = Math.max(1, (long) Math.ceil(share * count()));
		int i = 0;
		for (long seen = this.counts[0]; seen < rank && i < this.counts.length - 1; seen += this.counts[i]) {
			i++;
		}
		return Duration.ofNanos(middleOf(this.buckets[i]));
	}

	/** How many durations are longer, give or take those of the same bucket. */
	public long countAbove(Duration duration) {
		int limit = bucketOf(duration.toNanos());
		long sum = 0;
		for (int i = this.buckets.length - 1; i >= 0 && this.buckets[i] > limit; i--) {
			sum += this.counts[i];
		}
		return sum;
	}

	/**
	 * Which share of the durations is shorter; of those in the same bucket, which cannot
	 * be told apart, half are taken to be.
	 * @return from 0, shorter than all, to 1, longer than all
	 * @throws IllegalStateException without a duration
	 */
	public double rankOf(Duration duration) {
		long count = count();
		if (count == 0) {
			throw new IllegalStateException("no durations have no ranks");
		}
		int bucket = bucketOf(duration.toNanos());
		double shorter = 0;
		for (int i = 0; i < this.buckets.length && this.buckets[i] <= bucket; i++) {
			shorter += (this.buckets[i] < bucket) ? this.counts[i] : this.counts[i] / 2.0;
		}
		return shorter / count;
	}

	private static DurationSketch of(Map<Integer, Long> counts) {
		return new DurationSketch(counts.keySet().stream().mapToInt(Integer::intValue).toArray(),
				counts.values().stream().mapToLong(Long::longValue).toArray());
	}

	private void addTo(Map<Integer, Long> sum) {
		for (int i = 0; i < this.buckets.length; i++) {
			sum.merge(this.buckets[i], this.counts[i], Long::sum);
		}
	}

	private static int bucketOf(long nanos) {
		return (nanos > 0) ? (int) Math.floor(Math.log(nanos) * SCALE + BORDER) : ZERO;
	}

	private static long middleOf(int bucket) {
		return (bucket != ZERO) ? Math.round(Math.pow(2, (bucket + 0.5) / RESOLUTION)) : 0;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof DurationSketch sketch && Arrays.equals(this.buckets, sketch.buckets)
				&& Arrays.equals(this.counts, sketch.counts);
	}

	@Override
	public int hashCode() {
		return 31 * Arrays.hashCode(this.buckets) + Arrays.hashCode(this.counts);
	}

	@Override
	public String toString() {
		return "DurationSketch" + Arrays.toString(this.buckets) + Arrays.toString(this.counts);
	}

}
