package dev.whence.query.run;

import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.store.FoundStep;
import org.jspecify.annotations.Nullable;

/**
 * A step that a search across runs found.
 *
 * @param runName {@code unnamed} where nothing was told of the run yet
 */
record FoundStepView(@JsonProperty("run_id") UUID runId, @JsonProperty("run_name") @Nullable String runName,
		@JsonProperty("step_id") UUID stepId, @JsonProperty("step_name") String stepName,
		@JsonProperty("step_type") String stepType, boolean failed,
		@JsonProperty("input_count") @Nullable Long inputCount,
		@JsonProperty("output_count") @Nullable Long outputCount, @JsonProperty("drop_rate") @Nullable Double dropRate,
		@Nullable Double cost, @JsonProperty("started_at") Instant startedAt,
		@JsonProperty("completed_at") Instant completedAt) {

	static FoundStepView of(FoundStep step, @Nullable String runName) {
		return new FoundStepView(step.runId(), runName, step.stepId(), step.name(), step.type(), step.failed(),
				step.counts().input(), step.counts().output(), step.counts().dropRate(), step.cost(), step.started(),
				step.position().time());
	}

}
