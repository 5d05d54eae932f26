package dev.whence.ingest.run;

import java.util.List;
import java.util.Map;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request as it is described to clients. Requests are read event by event,
 * so that a bad one fails alone; nothing is bound to this record.
 */
record PostedRunEvents(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) List<Event> events) {

	/** One event. */
	@Schema(name = "RunEvent")
	record Event(
			@Schema(requiredMode = Schema.RequiredMode.REQUIRED,
					description = "What happened; other types than these are kept as they are", examples = {
							"run_start", "run_complete", "run_failed", "step_start", "step_complete",
							"step_failed" }) String type,
			@Schema(requiredMode = Schema.RequiredMode.REQUIRED) Data data){
	}

	/** What an event says; further members are kept. */
	@Schema(name = "RunEventData", additionalProperties = Schema.AdditionalPropertiesValue.TRUE)
	record Data(
			@Schema(requiredMode = Schema.RequiredMode.REQUIRED, format = "uuid",
					description = "The run of a run event, the step of a step event") String id,
			@Schema(format = "uuid", description = "The run of a step event") @Nullable String run_id,
			@Nullable String name, @Schema(description = "The kind of step", examples = {
					"llm", "search", "filter", "rank", "logic" }) @Nullable String type,
			@Schema(description = "candidate_count or candidates say how many went in") @Nullable Map<String, Object> inputs,
			@Schema(description = "survivor_count or survivors say how many came out") @Nullable Map<String, Object> outputs,
			@Schema(description = "For example rejection_histogram, candidates, cost") @Nullable Map<String, Object> metadata,
			@Schema(description = "Why the step decided so") @Nullable String reasoning,
			@Schema(description = "RFC 3339") @Nullable String started_at,
			@Schema(description = "RFC 3339") @Nullable String completed_at,
			@Schema(description = "What a run cost in all") @Nullable Double total_cost,
			@Schema(description = "Of a run; a trace_id among them links it to its trace") @Nullable Map<String, Object> tags,
			@Schema(description = "Why the run or step failed") @Nullable String error){
	}

}
