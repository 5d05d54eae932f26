package dev.whence.model.run;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * A run and its steps, as the events that are known say. Any order and any number of
 * deliveries of the same events gives the same run. Steps that are known before anything
 * is told of their run make a run that is still going.
 *
 * @param totalCost what the client said, or the sum of the steps where that is more
 * @param tags any JSON object
 * @param startedAt as the client wrote it
 * @param completedAt as the client wrote it
 * @param traceId the trace that it is part of, where its events name one
 * @param steps in the order in which they started
 */
public record DecisionRun(UUID id, String name, RunStatus status, double totalCost, Map<String, @Nullable Object> tags,
		@Nullable String startedAt, @Nullable String completedAt, @Nullable String error, @Nullable String traceId,
		List<DecisionStep> steps) {

	/**
	 * What the events of one run say together.
	 * @param events at least one, all of the same run
	 */
	public static DecisionRun of(Collection<RunEvent> events) {
		List<RunEvent> believed = RunEvent.believed(events.stream().filter((event) -> event.type().isOfRun()).toList());
		List<DecisionStep> steps = events.stream()
			.filter((event) -> event.type().isOfStep())
			.collect(Collectors.groupingBy(RunEvent::subject))
			.values()
			.stream()
			.map(DecisionStep::of)
			.collect(Collectors.collectingAndThen(Collectors.toList(), DecisionStep::inOrder));
		RunStatus status = status(believed);
		String started = Told.text(believed, "started_at");
		return new DecisionRun(events.iterator().next().runId(), Told.text(believed, "name", "unnamed"), status,
				Math.max(Told.number(believed, "total_cost"), sum(steps)), StepCounts.map(Told.any(believed, "tags")),
				(started != null || steps.isEmpty()) ? started : steps.getFirst().startedAt(),
				Told.text(believed, "completed_at"), (status == RunStatus.FAILED) ? Told.text(believed, "error") : null,
				events.stream().map(RunEvent::trace).filter(Objects::nonNull).sorted().findFirst().orElse(null), steps);
	}

	/**
	 * What the run came to: the outputs of its last logic step, whatever JSON they are,
	 * an empty object where it says none; null when there is no such step.
	 */
	public @Nullable Object finalOutput() {
		List<DecisionStep> logic = this.steps.stream().filter((step) -> step.type().equals("logic")).toList();
		if (logic.isEmpty()) {
			return null;
		}
		Object outputs = logic.getLast().outputs();
		return (outputs != null) ? outputs : Map.of();
	}

	/** The same candidate in every step that names it, in the order of the steps. */
	public List<CandidateJourney.Stop> journey(String candidate) {
		List<CandidateJourney.Stop> stops = new ArrayList<>();
		this.steps.forEach((step) -> CandidateJourney.in(step, candidate).ifPresent(stops::add));
		return stops;
	}

	/** Costs by type of step, in the order in which the types appear. */
	public Map<String, Double> costs() {
		Map<String, Double> costs = new LinkedHashMap<>();
		this.steps.forEach((step) -> costs.merge(step.type(), step.cost(), Double::sum));
		return costs;
	}

	// In decimal digits, as the costs are written: a tenth and two tenths are three.
	private static double sum(List<DecisionStep> steps) {
		return steps.stream()
			.map((step) -> BigDecimal.valueOf(step.cost()))
			.reduce(BigDecimal.ZERO, BigDecimal::add)
			.doubleValue();
	}

	private static RunStatus status(List<RunEvent> believed) {
		if (believed.isEmpty()) {
			return RunStatus.RUNNING;
		}
		return switch (believed.getFirst().type()) {
			case RUN_COMPLETE -> RunStatus.COMPLETED;
			case RUN_FAILED -> RunStatus.FAILED;
			// Steps that came as finished spans belong to a run that is over.
			case RUN_SEEN ->
				"completed".equals(believed.getFirst().text("status")) ? RunStatus.COMPLETED : RunStatus.RUNNING;
			default -> RunStatus.RUNNING;
		};
	}

}
