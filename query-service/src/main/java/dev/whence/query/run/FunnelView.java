package dev.whence.query.run;

import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.model.run.DecisionFunnel;
import dev.whence.model.run.RunStatus;
import org.jspecify.annotations.Nullable;

/** A funnel as X-Ray showed it. */
record FunnelView(@JsonProperty("run_id") UUID runId, @JsonProperty("run_name") String runName, RunStatus status,
		@JsonProperty("total_cost") double totalCost, List<Stage> funnel,
		@JsonProperty("final_output") @Nullable Object finalOutput) {

	static FunnelView of(DecisionFunnel funnel) {
		return new FunnelView(funnel.runId(), funnel.runName(), funnel.status(), funnel.totalCost(),
				funnel.funnel().stream().map(Stage::of).toList(), funnel.finalOutput());
	}

	/** One step. */
	record Stage(@JsonProperty("step_id") UUID stepId, @JsonProperty("step_name") String stepName,
			@JsonProperty("step_type") String stepType, @JsonProperty("input_count") @Nullable Long inputCount,
			@JsonProperty("output_count") @Nullable Long outputCount,
			@JsonProperty("drop_rate") @Nullable Double dropRate,
			@JsonProperty("rejection_histogram") @Nullable Object rejectionHistogram, @Nullable String reasoning,
			double cost) {

		static Stage of(DecisionFunnel.Stage stage) {
			return new Stage(stage.stepId(), stage.stepName(), stage.stepType(), stage.inputCount(),
					stage.outputCount(), stage.dropRate(), stage.rejectionHistogram(), stage.reasoning(), stage.cost());
		}

	}

}
