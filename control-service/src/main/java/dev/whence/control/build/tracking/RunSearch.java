package dev.whence.control.build.tracking;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.whence.control.build.github.WorkflowRun;

/**
 * Which of the runs that GitHub lists was started for a build.
 * <p>
 * Where a workflow shows the build's marker in the titles of its runs, that is certain.
 * Elsewhere a run counts that is newer than the request, belongs to no other build and
 * was started by the token's owner; requests of one branch are made one after the other,
 * so it is another person's only if that person started it in those seconds. Of several
 * such runs none is taken.
 *
 * @param marker what the title of the run shows, where it shows it
 * @param shown whether the workflow is meant to show it: then a run without it is not
 * taken, but might be the one if the workflow does not do what is said of it
 * @param newestBefore the newest run that there was before; runs are numbered upwards
 * @param since when a run was asked for first, on our clock
 * @param login whose token it is; empty where that is not known
 * @param taken runs of other builds
 */
record RunSearch(String marker, boolean shown, long newestBefore, Instant since, Optional<String> login,
		Set<Long> taken) {

	/** By how much GitHub's clock and ours may differ. */
	static final Duration SKEW = Duration.ofMinutes(2);

	Result among(Collection<WorkflowRun> runs) {
		List<WorkflowRun> marked = runs.stream()
			.filter((run) -> run.isTitled(this.marker))
			.sorted(Comparator.comparingLong(WorkflowRun::id))
			.toList();
		if (!marked.isEmpty()) {
			return new Result.Found(marked.getFirst(), marked.subList(1, marked.size()));
		}
		List<WorkflowRun> candidates = runs.stream().filter(this::mayBe).toList();
		if (candidates.isEmpty()) {
			return new Result.None();
		}
		return (candidates.size() == 1 && !this.shown) ? new Result.Found(candidates.getFirst(), List.of())
				: new Result.Several(candidates.stream().map(WorkflowRun::id).sorted().toList());
	}

	private boolean mayBe(WorkflowRun run) {
		return run.id() > this.newestBefore && !this.taken.contains(run.id())
				&& (run.createdAt() == null || !run.createdAt().isBefore(this.since.minus(SKEW)))
				&& (run.event() == null || run.event().equals("workflow_dispatch"))
				&& (this.login.isEmpty() || run.actorLogin() == null || this.login.get().equals(run.actorLogin()));
	}

	/** What was found. */
	sealed interface Result {

		/**
		 * @param others runs that were started for the same build, too
		 */
		record Found(WorkflowRun run, List<WorkflowRun> others) implements Result {
		}

		record None() implements Result {
		}

		/** Runs of which one may be it. */
		record Several(List<Long> ids) implements Result {
		}

	}

}
