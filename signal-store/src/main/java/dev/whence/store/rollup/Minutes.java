package dev.whence.store.rollup;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.stream.IntStream;

/**
 * A set of minutes, in the order of time. A minute is named by the instant it begins with
 * and holds what began in it, by the sender's clock.
 */
public final class Minutes {

	/** More than the days that rollups are kept for by default. */
	public static final int MOST = 50_000;

	private static final int SECONDS = 60;

	private final int[] numbers;

	private Minutes(IntStream numbers) {
		this.numbers = numbers.toArray();
		if (this.numbers.length > MOST) {
			throw new IllegalArgumentException(
					"at most " + MOST + " minutes at once, these are " + this.numbers.length);
		}
	}

	/**
	 * The minutes that lie in an interval, the ones at its edges as a whole.
	 * @param to exclusive
	 */
	public static Minutes between(Instant from, Instant to) {
		int first = numberOf(from);
		int end = numberOf(to);
		boolean begun = to.isAfter(startOf(end));
		return new Minutes(IntStream.range(first, begun ? end + 1 : end));
	}

	/** The minutes that these instants lie in. */
	public static Minutes of(Collection<Instant> instants) {
		return new Minutes(instants.stream().mapToInt(Minutes::numberOf).sorted().distinct());
	}

	/** The minute that holds the instant. */
	public static Instant floor(Instant instant) {
		return startOf(numberOf(instant));
	}

	public int size() {
		return this.numbers.length;
	}

	/** As the tables number them: minutes since 1970. */
	int[] numbers() {
		return this.numbers;
	}

	static int numberOf(Instant instant) {
		return Math.toIntExact(Math.floorDiv(instant.getEpochSecond(), SECONDS));
	}

	static Instant startOf(int number) {
		return Instant.EPOCH.plus(Duration.ofMinutes(number));
	}

}
