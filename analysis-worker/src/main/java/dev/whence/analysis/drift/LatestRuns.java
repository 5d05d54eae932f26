package dev.whence.analysis.drift;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import dev.whence.model.ProjectId;
import dev.whence.model.run.DecisionRun;
import dev.whence.model.run.RunEvent;
import dev.whence.model.run.RunStatus;
import dev.whence.store.ListedRun;
import dev.whence.store.RunFilter;
import dev.whence.store.RunReader;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Runs of a name that have ended. */
@Component
class LatestRuns {

	/** Enough for a usual place, few enough that it follows what people changed. */
	private static final int RUNS = 30;

	/** Events of all of them together. */
	private static final int MOST_EVENTS = 30_000;

	private final RunReader reader;

	LatestRuns(RunReader reader) {
		this.reader = reader;
	}

	/** The latest ones, the latest first. */
	List<DecisionRun> of(ProjectId project, String name) {
		return startedUntil(project, name, null);
	}

	/**
	 * The same of those that had started by then.
	 * @param to inclusive
	 */
	List<DecisionRun> startedUntil(ProjectId project, String name, @Nullable Instant to) {
		List<UUID> ids = this.reader.runs(project, new RunFilter(name, null, null, to), null, RUNS)
			.stream()
			.map(ListedRun::runId)
			.distinct()
			.toList();
		Map<UUID, List<RunEvent>> events = this.reader.events(project, ids, MOST_EVENTS);
		return ids.stream()
			.map(events::get)
			.filter(Objects::nonNull)
			.map(DecisionRun::of)
			.filter((run) -> run.status() != RunStatus.RUNNING)
			.toList();
	}

}
