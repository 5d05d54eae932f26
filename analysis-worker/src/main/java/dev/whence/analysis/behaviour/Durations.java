package dev.whence.analysis.behaviour;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

import dev.whence.analysis.statistics.Sample;

/** Measured durations in nanoseconds, shortest first. */
public final class Durations {

	private static final Durations NONE = new Durations(new long[0]);

	private static final double NANOS_PER_MILLISECOND = 1e6;

	private final long[] nanos;

	private Durations(long[] sorted) {
		this.nanos = sorted;
	}

	public static Durations none() {
		return NONE;
	}

	/** A copy, sorted; {@code nanos} stay as they are. */
	public static Durations of(long... nanos) {
		long[] sorted = nanos.clone();
		Arrays.sort(sorted);
		return new Durations(sorted);
	}

	public int size() {
		return this.nanos.length;
	}

	/** Both together. */
	public Durations plus(Durations other) {
		return sum(List.of(this, other));
	}

	/** All together. */
	public static Durations sum(Collection<Durations> some) {
		return of(some.stream().flatMapToLong((one) -> Arrays.stream(one.nanos)).toArray());
	}

	/**
	 * At most that many, evenly spaced from the shortest to the longest, so that the
	 * quantiles stay.
	 */
	public Durations thinned(int most) {
		if (size() <= most) {
			return this;
		}
		long[] kept = new long[most];
		for (int i = 0; i < most; i++) {
			kept[i] = this.nanos[(int) ((long) i * (size() - 1) / (most - 1))];
		}
		return new Durations(kept);
	}

	public Sample milliseconds() {
		return Sample.of(Arrays.stream(this.nanos).mapToDouble((value) -> value / NANOS_PER_MILLISECOND).toArray());
	}

	long[] nanos() {
		return this.nanos.clone();
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Durations durations && Arrays.equals(this.nanos, durations.nanos);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.nanos);
	}

	@Override
	public String toString() {
		return Arrays.toString(this.nanos);
	}

}
