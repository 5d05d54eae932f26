package dev.whence.query.run;

import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.model.run.DecisionStep;
import dev.whence.model.run.RunStatus;
import org.jspecify.annotations.Nullable;

/**
 * A step as X-Ray showed it.
 *
 * @param cost 0 when the client did not say
 * @param sampled how long lists were of which only a sample is kept
 */
record StepView(UUID id, @JsonProperty("run_id") UUID runId, String name, String type, RunStatus status,
		@Nullable Object inputs, @Nullable Object outputs, @Nullable Object metadata, @Nullable String reasoning,
		double cost, @JsonProperty("started_at") @Nullable String startedAt,
		@JsonProperty("completed_at") @Nullable String completedAt, @Nullable String error,
		@JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, @Nullable Object> sampled) {

	static StepView of(DecisionStep step) {
		return new StepView(step.id(), step.runId(), step.name(), step.type(), step.status(), step.inputs(),
				step.outputs(), step.metadata(), step.reasoning(), step.cost(), step.startedAt(), step.completedAt(),
				step.error(), step.sampled());
	}

}
