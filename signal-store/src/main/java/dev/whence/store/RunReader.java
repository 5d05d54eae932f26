package dev.whence.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.whence.model.ProjectId;
import dev.whence.model.TraceId;
import dev.whence.model.run.RunEvent;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is known of decision runs. Every method is bounded by its limit and answers
 * what was committed before the call.
 */
public interface RunReader {

	/**
	 * What was told of these runs and of their steps; runs of which nothing is known are
	 * left out. What is of an unknown type tells of neither. At most 64 MB are read.
	 * @param runs those that come first are read first
	 * @param limit of events, of all runs together; beyond it, steps of the last runs are
	 * missing
	 */
	Map<UUID, List<RunEvent>> events(ProjectId project, Collection<UUID> runs, int limit);

	/** The same without what was told of steps. */
	Map<UUID, List<RunEvent>> eventsOfRuns(ProjectId project, Collection<UUID> runs);

	/** What the steps of these runs come to; runs without steps are left out. */
	Map<UUID, StepTotals> stepTotals(ProjectId project, Collection<UUID> runs);

	/**
	 * The runs that match, the one that started last first.
	 * @param before where the page before ended; null for the first page
	 */
	List<ListedRun> runs(ProjectId project, RunFilter filter, @Nullable Position before, int limit);

	/**
	 * What runs are called whose end was stored in a range of time, by the project that
	 * they belong to.
	 * @param from inclusive
	 * @param to exclusive
	 * @param limit of names of one project
	 */
	Map<ProjectId, List<String>> namesOfStored(Instant from, Instant to, int limit);

	/** Runs that a trace is part of or that are part of it, at most that many. */
	List<UUID> ofTrace(ProjectId project, TraceId trace, int limit);

	/**
	 * Steps that dropped something, or say that they dropped nothing; the one that ended
	 * last first. Each event that tells of an end counts for itself: a step that was told
	 * twice in different ways is found twice.
	 * @param before where the page before ended; null for the first page
	 */
	List<FoundStep> steps(ProjectId project, StepFilter filter, @Nullable Position before, int limit);

}
