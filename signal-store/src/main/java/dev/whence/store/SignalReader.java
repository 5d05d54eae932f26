package dev.whence.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import dev.whence.model.Problem;
import dev.whence.model.ProblemSubject;
import dev.whence.model.ProjectId;
import dev.whence.model.Signal;
import dev.whence.model.SignalType;
import dev.whence.model.TraceId;
import dev.whence.store.form.EpochNanos;

/**
 * Reads telemetry. Every method is bounded by its limit and answers what was committed
 * before the call.
 */
public interface SignalReader {

	/**
	 * The signals that match, newest first; of the same time, in the reverse order of
	 * their {@link Position}.
	 */
	List<Signal> search(ProjectId project, SignalFilter filter, int limit, long offset);

	/**
	 * The signals that match and stand before a position, newest first: with the position
	 * of the last signal the next page, each signal once whatever is stored meanwhile.
	 */
	List<Signal> searchBefore(ProjectId project, SignalFilter filter, Position position, int limit);

	/** How many signals match, counted no further than {@code most}. */
	long count(ProjectId project, SignalFilter filter, long most);

	/**
	 * The signals of the traces, oldest first. When there are more than the limit, the
	 * oldest ones.
	 */
	default List<Signal> ofTraces(ProjectId project, Collection<TraceId> traces, int limit) {
		return ofTraces(project, traces, EpochNanos.MIN, EpochNanos.MAX, limit);
	}

	/**
	 * The same for whoever knows when the traces happened, which spares looking for them
	 * in all that is kept. Signals outside of the range, whose ends are included, are
	 * given while their hour is open, and may be missing once it is closed.
	 */
	List<Signal> ofTraces(ProjectId project, Collection<TraceId> traces, Instant from, Instant to, int limit);

	/**
	 * The problems of one trace, or of one fingerprint without a trace, oldest first.
	 * When there are more than the limit, the oldest ones.
	 */
	default List<Problem> problems(ProjectId project, ProblemSubject subject, int limit) {
		return problems(project, subject, EpochNanos.MIN, EpochNanos.MAX, limit);
	}

	/** The same within a range of time, both ends included. */
	List<Problem> problems(ProjectId project, ProblemSubject subject, Instant from, Instant to, int limit);

	/** The same, oldest first, but the newest ones when there are more than the limit. */
	List<Problem> latestProblems(ProjectId project, ProblemSubject subject, int limit);

	/** When each of these problems was written, by the signal that shows it. */
	Map<UUID, Instant> storedAt(ProjectId project, Collection<Problem> problems);

	/**
	 * Every trace and fingerprint whose problems were written since that time, with the
	 * time of the latest one. For sweeping: what was committed long ago is complete, what
	 * is being committed may be missing.
	 */
	List<StoredSubject> subjectsStoredSince(Instant since, int limit);

	/**
	 * The signals of these types in an interval, oldest first. When there are more than
	 * the limit, the oldest ones.
	 * @param from inclusive
	 * @param to exclusive
	 */
	List<Signal> between(ProjectId project, Instant from, Instant to, Set<SignalType> types, int limit);

	/**
	 * The same behind a position: with the position of the last signal the next page.
	 */
	List<Signal> betweenAfter(ProjectId project, Instant from, Instant to, Set<SignalType> types, Position position,
			int limit);

	/**
	 * The same, but when there are more than the limit, a sample over the whole interval
	 * that holds whole traces: whether a trace belongs to it depends on its id alone, for
	 * every type alike. Signals without a trace are chosen by their own id.
	 * @param limit about as many are returned when there are more, never more
	 */
	SampledSignals sampled(ProjectId project, Instant from, Instant to, Set<SignalType> types, int limit);

	/**
	 * Hands over the same sample one by one, oldest first, so that it is never in memory
	 * as a whole. Signals that are stored meanwhile may be among them.
	 * @return the share, see {@link SampledSignals#share()}
	 */
	double sampled(ProjectId project, Instant from, Instant to, Set<SignalType> types, int limit,
			Consumer<? super Signal> consumer);

	/** The signals with these ids, oldest first; unknown ids are left out. */
	List<Signal> byProblems(ProjectId project, Collection<Problem> problems);

}
