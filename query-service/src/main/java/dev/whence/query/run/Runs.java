package dev.whence.query.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

import dev.whence.model.ProjectId;
import dev.whence.model.TraceId;
import dev.whence.model.run.DecisionRun;
import dev.whence.model.run.RunEvent;
import dev.whence.store.FoundStep;
import dev.whence.store.ListedRun;
import dev.whence.store.Position;
import dev.whence.store.RunFilter;
import dev.whence.store.RunReader;
import dev.whence.store.StepFilter;
import dev.whence.store.StepTotals;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Makes runs out of what the store knows of them. */
@Component
class Runs {

	/** Events of one run that are read; a run of 10,000 steps has 20,000 at most. */
	static final int MOST_EVENTS = 20_000;

	/** Events that are read for several runs together. */
	private static final int MOST_TOGETHER = 100_000;

	/** Runs that are looked at for one page, so that a question about nothing ends. */
	private static final int MOST_LOOKED_AT = 5_000;

	private static final int LOOKED_AT_ONCE = 200;

	private final RunReader reader;

	Runs(RunReader reader) {
		this.reader = reader;
	}

	/** The run with its steps, of which any may be missing beyond a limit. */
	Optional<DecisionRun> find(ProjectId project, UUID run) {
		return Optional.ofNullable(this.reader.events(project, List.of(run), MOST_EVENTS).get(run))
			.map(DecisionRun::of);
	}

	/** The runs with their steps, in the order asked for. */
	List<DecisionRun> find(ProjectId project, Collection<UUID> runs) {
		Map<UUID, List<RunEvent>> events = this.reader.events(project, runs, MOST_TOGETHER);
		return runs.stream().map(events::get).filter(Objects::nonNull).map(DecisionRun::of).toList();
	}

	/**
	 * Runs that match, the one that started last first.
	 * @param admitted what of a run cannot be asked of the store
	 */
	RunPage list(ProjectId project, RunFilter filter, Predicate<RunView> admitted, @Nullable Position before,
			int limit) {
		List<RunView> found = new ArrayList<>();
		Position last = before;
		// One more tells whether there are more. Where some are not admitted, many will
		// not be.
		int size = limit + 1;
		for (int lookedAt = 0; lookedAt < MOST_LOOKED_AT;) {
			List<ListedRun> page = this.reader.runs(project, filter, last, size);
			Map<UUID, RunView> views = views(project, page);
			for (ListedRun listed : page) {
				if (found.size() == limit) {
					return new RunPage(found, last);
				}
				RunView view = views.get(listed.runId());
				if (view != null && admitted.test(view)) {
					found.add(view);
				}
				last = listed.position();
			}
			lookedAt += page.size();
			if (page.size() < size) {
				return new RunPage(found, null);
			}
			size = Math.max(limit, LOOKED_AT_ONCE);
		}
		return new RunPage(found, last);
	}

	/** The latest runs of a name, with their steps. */
	List<DecisionRun> latest(ProjectId project, String name, Predicate<RunView> admitted, int count) {
		List<RunView> views = list(project, new RunFilter(name, null, null, null), admitted, null, count).runs();
		return find(project, views.stream().map(RunView::id).toList());
	}

	/** The runs that a trace is part of. */
	List<RunView> ofTrace(ProjectId project, TraceId trace, int limit) {
		List<UUID> runs = this.reader.ofTrace(project, trace, limit);
		return List.copyOf(viewsOf(project, runs).values());
	}

	/** Steps of all runs that match, the one that ended last first. */
	List<FoundStep> steps(ProjectId project, StepFilter filter, @Nullable Position before, int limit) {
		return this.reader.steps(project, filter, before, limit);
	}

	/** What runs are called. */
	Map<UUID, String> names(ProjectId project, Collection<UUID> runs) {
		Map<UUID, String> names = new HashMap<>();
		this.reader.eventsOfRuns(project, runs).forEach((run, events) -> names.put(run, DecisionRun.of(events).name()));
		return names;
	}

	private Map<UUID, RunView> views(ProjectId project, List<ListedRun> page) {
		return viewsOf(project, page.stream().map(ListedRun::runId).distinct().toList());
	}

	private Map<UUID, RunView> viewsOf(ProjectId project, Collection<UUID> runs) {
		Map<UUID, StepTotals> totals = this.reader.stepTotals(project, runs);
		Map<UUID, RunView> views = new LinkedHashMap<>();
		Map<UUID, List<RunEvent>> told = this.reader.eventsOfRuns(project, runs);
		for (UUID run : runs) {
			List<RunEvent> events = told.get(run);
			if (events != null) {
				views.put(run, RunView.of(DecisionRun.of(events), totals.getOrDefault(run, StepTotals.NONE)));
			}
		}
		return views;
	}

	/**
	 * A part of the list.
	 *
	 * @param next where the next part begins; null when there is none
	 */
	record RunPage(List<RunView> runs, @Nullable Position next) {
	}

}
