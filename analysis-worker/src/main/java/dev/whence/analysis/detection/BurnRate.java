package dev.whence.analysis.detection;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Whether a service uses up its error budget so fast that it is critical: over a long
 * window, so that a blip does not count, and over a short one, so that what is over does
 * not either.
 * <p>
 * The pairs of windows and their factors are the usual ones of burn-rate alerting: at
 * 14.4 times the even rate, 2 % of a month's budget go in one hour; at 6 times, 5 % in
 * six. A window of which less than half the minutes have data says nothing. Pure.
 */
final class BurnRate {

	/** How far back the minutes reach that matter. */
	static final Duration LONGEST = Duration.ofHours(6);

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private static final List<Rule> RULES = List.of(new Rule(Duration.ofHours(1), Duration.ofMinutes(5), 14.4),
			new Rule(LONGEST, Duration.ofMinutes(15), 6));

	private static final double LEAST_COVERAGE = 0.5;

	private final double budget;

	/**
	 * @param objective the share of requests that should succeed, above 0 and below 1,
	 * e.g. 0.99
	 */
	BurnRate(double objective) {
		if (!(objective > 0 && objective < 1)) {
			throw new IllegalArgumentException("an objective lies between 0 and 1: " + objective);
		}
		this.budget = 1 - objective;
	}

	/** The counts of one minute. */
	record Minute(Instant minute, long requests, long errors) {
	}

	/**
	 * Whether one of the rules fires.
	 * @param minutes in any order, each minute at most once; those outside the windows do
	 * not matter
	 * @param end where the windows end, not included
	 */
	boolean isCritical(List<Minute> minutes, Instant end) {
		return RULES.stream()
			.anyMatch((rule) -> burns(minutes, end, rule.longWindow(), rule.factor())
					&& burns(minutes, end, rule.shortWindow(), rule.factor()));
	}

	private boolean burns(List<Minute> minutes, Instant end, Duration window, double factor) {
		Instant from = end.minus(window);
		long covered = 0;
		long requests = 0;
		long errors = 0;
		for (Minute minute : minutes) {
			if (!minute.minute().isBefore(from) && minute.minute().isBefore(end) && minute.requests() > 0) {
				covered++;
				requests += minute.requests();
				errors += minute.errors();
			}
		}
		return covered >= LEAST_COVERAGE * window.dividedBy(MINUTE) && errors >= factor * this.budget * requests
				&& errors > 0;
	}

	private record Rule(Duration longWindow, Duration shortWindow, double factor) {
	}

}
