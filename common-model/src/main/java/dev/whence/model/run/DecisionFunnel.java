package dev.whence.model.run;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What a run was given and what each of its steps left of it.
 *
 * @param finalOutput any JSON
 */
public record DecisionFunnel(UUID runId, String runName, RunStatus status, double totalCost, List<Stage> funnel,
		@Nullable Object finalOutput) {

	/**
	 * One step of the funnel.
	 *
	 * @param rejectionHistogram why candidates were dropped, and how many; any JSON
	 */
	public record Stage(UUID stepId, String stepName, String stepType, @Nullable Long inputCount,
			@Nullable Long outputCount, @Nullable Double dropRate, @Nullable Object rejectionHistogram,
			@Nullable String reasoning, double cost) {

		static Stage of(DecisionStep step) {
			StepCounts counts = step.counts();
			return new Stage(step.id(), step.name(), step.type(), counts.input(), counts.output(), counts.dropRate(),
					step.rejectionHistogram(), step.reasoning(), step.cost());
		}

	}

	public static DecisionFunnel of(DecisionRun run) {
		return new DecisionFunnel(run.id(), run.name(), run.status(), run.totalCost(),
				run.steps().stream().map(Stage::of).toList(), run.finalOutput());
	}

}
