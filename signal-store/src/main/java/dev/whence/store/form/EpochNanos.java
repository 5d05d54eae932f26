package dev.whence.store.form;

import java.time.Instant;

/**
 * Times as the tables keep them: nanoseconds since 1970 in 64 bits, which reach from 1677
 * to 2262.
 */
public final class EpochNanos {

	/** The first and last instants that can be stored. */
	public static final Instant MIN = ofLong(Long.MIN_VALUE + 1);

	public static final Instant MAX = ofLong(Long.MAX_VALUE - 1);

	private static final long NANOS = 1_000_000_000L;

	private EpochNanos() {
	}

	/**
	 * @throws ArithmeticException outside {@link #MIN} and {@link #MAX}
	 */
	public static long toLong(Instant time) {
		if (time.isBefore(MIN) || time.isAfter(MAX)) {
			throw new ArithmeticException("the time is outside the years 1677 to 2262");
		}
		// Negative seconds with positive nanoseconds would overflow half-way near the
		// minimum.
		return (time.getEpochSecond() < 0 && time.getNano() > 0)
				? (time.getEpochSecond() + 1) * NANOS + (time.getNano() - NANOS)
				: time.getEpochSecond() * NANOS + time.getNano();
	}

	/** The same, or the nearest that can be stored. */
	public static long nearest(Instant time) {
		return toLong(time.isBefore(MIN) ? MIN : time.isAfter(MAX) ? MAX : time);
	}

	public static Instant ofLong(long nanos) {
		return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
	}

}
