package dev.whence.analysis.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import dev.whence.model.Problem;

/**
 * When the signals of failed traces happened, as far as their problems tell: nobody has
 * to look for them in all that is kept. What a trace did longer before, and what a clock
 * tells that is further off, is found while its hour is open and not afterwards.
 */
public record TimeAround(Instant from, Instant to) {

	/**
	 * A job or a message may take hours, before its problem and after it; each hour is
	 * some segments that are looked into.
	 */
	private static final Duration REACH = Duration.ofHours(6);

	/**
	 * @param problems of the traces, at least one
	 */
	public static TimeAround of(Collection<Problem> problems) {
		return around(problems.stream().map(Problem::timestamp));
	}

	/** This and the time from one instant to another, which clocks may not tell. */
	public TimeAround and(Instant first, Instant last) {
		return spanning(Stream.of(this.from, this.to, first.minus(REACH), last.plus(REACH)));
	}

	private static TimeAround around(Stream<Instant> times) {
		TimeAround exact = spanning(times);
		return new TimeAround(exact.from.minus(REACH), exact.to.plus(REACH));
	}

	private static TimeAround spanning(Stream<Instant> times) {
		List<Instant> sorted = times.sorted(Comparator.naturalOrder()).toList();
		return new TimeAround(sorted.getFirst(), sorted.getLast());
	}

}
