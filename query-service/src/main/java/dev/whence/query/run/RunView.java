package dev.whence.query.run;

import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.model.run.DecisionRun;
import dev.whence.model.run.RunStatus;
import dev.whence.store.StepTotals;
import org.jspecify.annotations.Nullable;

/**
 * A run as X-Ray showed it, and how many steps it has.
 *
 * @param totalCost what the client said, or the sum of the steps where that is more
 * @param startedAt as the client wrote it
 * @param traceId where the client names the trace that the run is part of
 */
record RunView(UUID id, String name, RunStatus status, @JsonProperty("total_cost") double totalCost,
		Map<String, @Nullable Object> tags, @JsonProperty("started_at") @Nullable String startedAt,
		@JsonProperty("completed_at") @Nullable String completedAt, @Nullable String error,
		@JsonProperty("step_count") int stepCount, @JsonProperty("failed_steps") int failedSteps,
		@JsonProperty("trace_id") @Nullable String traceId) {

	static RunView of(DecisionRun run) {
		int failed = (int) run.steps().stream().filter((step) -> step.status() == RunStatus.FAILED).count();
		return new RunView(run.id(), run.name(), run.status(), run.totalCost(), run.tags(), run.startedAt(),
				run.completedAt(), run.error(), run.steps().size(), failed, run.traceId());
	}

	/** A run whose steps were only added up. */
	static RunView of(DecisionRun run, StepTotals totals) {
		return new RunView(run.id(), run.name(), run.status(), Math.max(run.totalCost(), totals.cost()), run.tags(),
				run.startedAt(), run.completedAt(), run.error(), totals.steps(), totals.failed(), run.traceId());
	}

}
