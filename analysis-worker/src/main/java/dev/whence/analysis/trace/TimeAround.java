package dev.whence.analysis.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

import dev.whence.model.Problem;

/**
 * When the signals of failed traces happened, as their problems tell: nobody has to look
 * for them in all that is kept.
 */
public record TimeAround(Instant from, Instant to) {

	/** A trace may begin long before it fails. */
	private static final Duration REACH = Duration.ofHours(1);

	/**
	 * @param problems of the traces, at least one
	 */
	public static TimeAround of(Collection<Problem> problems) {
		List<Instant> times = problems.stream().map(Problem::timestamp).sorted(Comparator.naturalOrder()).toList();
		return new TimeAround(times.getFirst().minus(REACH), times.getLast().plus(REACH));
	}

}
