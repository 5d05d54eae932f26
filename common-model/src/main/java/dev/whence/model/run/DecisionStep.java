package dev.whence.model.run;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * One step of a run.
 *
 * @param type llm, retrieval, filter, logic, or whatever else the client calls it
 * @param inputs any JSON
 * @param outputs any JSON
 * @param metadata any JSON
 * @param cost in the client's currency, usually US dollars; 0 when nothing was told
 * @param startedAt as the client wrote it
 * @param completedAt as the client wrote it
 * @param sampled how long lists were of which only a sample is kept, by their place, as
 * in {@code outputs.survivors}
 */
public record DecisionStep(UUID id, UUID runId, String name, String type, RunStatus status, @Nullable Object inputs,
		@Nullable Object outputs, @Nullable Object metadata, @Nullable String reasoning, double cost,
		@Nullable String startedAt, @Nullable String completedAt, @Nullable String error,
		Map<String, @Nullable Object> sampled) {

	/** The type of a step whose client does not say one. */
	static final String CUSTOM = "custom";

	private static final Comparator<Placed> ORDER = Comparator.comparing(Placed::started)
		.thenComparing(Placed::ended)
		.thenComparing((placed) -> placed.step().id());

	/** The steps in the order in which they started. */
	static List<DecisionStep> inOrder(Collection<DecisionStep> steps) {
		// Reading a time costs more than comparing it.
		return steps.stream()
			.map((step) -> new Placed(step, Timestamps.place(step.startedAt), Timestamps.place(step.completedAt)))
			.sorted(ORDER)
			.map(Placed::step)
			.toList();
	}

	/**
	 * What the events of one step say together, in whatever order and however often they
	 * came.
	 * @param events at least one, all of the same step
	 */
	static DecisionStep of(Collection<RunEvent> events) {
		List<RunEvent> believed = RunEvent.believed(events);
		RunEvent first = believed.getFirst();
		RunStatus status = switch (first.type()) {
			case STEP_COMPLETE -> RunStatus.COMPLETED;
			case STEP_FAILED -> RunStatus.FAILED;
			default -> RunStatus.RUNNING;
		};
		return new DecisionStep(first.subject(), first.runId(), Told.text(believed, "name", "unnamed"),
				Told.text(believed, "type", CUSTOM), status, Told.any(believed, "inputs"),
				Told.any(believed, "outputs"), Told.any(believed, "metadata"), Told.text(believed, "reasoning"),
				Told.number(believed, "cost"), Told.text(believed, "started_at"), Told.text(believed, "completed_at"),
				(status == RunStatus.FAILED) ? Told.text(believed, "error") : null,
				StepCounts.map(Told.any(believed, RunEvent.SAMPLED)));
	}

	public StepCounts counts() {
		return StepCounts.of(this.type, this.inputs, this.outputs, this.metadata, this.sampled);
	}

	/** Whether it had more candidates than it lists, as Whence or its client says. */
	public boolean isSampled() {
		return !this.sampled.isEmpty() || Boolean.TRUE.equals(StepCounts.map(this.metadata).get("candidates_sampled"));
	}

	/** Why candidates were dropped, and how many; null when nothing was told. */
	public @Nullable Object rejectionHistogram() {
		return StepCounts.map(this.metadata).get("rejection_histogram");
	}

	private record Placed(DecisionStep step, Timestamps.Place started, Timestamps.Place ended) {
	}

}
