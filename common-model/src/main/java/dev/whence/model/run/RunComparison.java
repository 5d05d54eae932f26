package dev.whence.model.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Two runs step by step. Steps are the same when they have the same name and type and are
 * the n-th such step of their run, because a pipeline may have several steps of one name.
 *
 * @param pairs in the order of the first run, what only the second has at the end
 */
public record RunComparison(DecisionRun before, DecisionRun after, List<Pair> pairs) {

	/** The same step in both runs; null where a run does not have it. */
	public record Pair(String name, String type, @Nullable Side before, @Nullable Side after) {
	}

	/**
	 * A step of one run.
	 *
	 * @param took null when its times cannot be read
	 * @param rejections dropped candidates per reason, as far as they are numbers
	 */
	public record Side(StepCounts counts, double cost, @Nullable Duration took, Map<String, Double> rejections) {

		static Side of(DecisionStep step) {
			Map<String, Double> rejections = new TreeMap<>();
			Map<String, @Nullable Object> told = StepCounts.map(step.rejectionHistogram());
			told.keySet()
				.forEach(
						(reason) -> Numbers.number(told, reason).ifPresent((number) -> rejections.put(reason, number)));
			return new Side(step.counts(), step.cost(), took(step), rejections);
		}

		private static @Nullable Duration took(DecisionStep step) {
			Optional<Instant> start = Timestamps.parse(step.startedAt());
			Optional<Instant> end = Timestamps.parse(step.completedAt());
			return (start.isPresent() && end.isPresent()) ? Duration.between(start.get(), end.get()) : null;
		}

	}

	public static RunComparison of(DecisionRun before, DecisionRun after) {
		Map<Key, DecisionStep> theirs = keyed(after);
		List<Pair> pairs = new ArrayList<>();
		keyed(before).entrySet().stream().sorted(Map.Entry.comparingByValue(DecisionStep.IN_ORDER)).forEach((entry) -> {
			DecisionStep same = theirs.remove(entry.getKey());
			pairs.add(new Pair(entry.getKey().name(), entry.getKey().type(), Side.of(entry.getValue()),
					(same != null) ? Side.of(same) : null));
		});
		theirs.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByValue(DecisionStep.IN_ORDER))
			.forEach((entry) -> pairs
				.add(new Pair(entry.getKey().name(), entry.getKey().type(), null, Side.of(entry.getValue()))));
		return new RunComparison(before, after, List.copyOf(pairs));
	}

	private static Map<Key, DecisionStep> keyed(DecisionRun run) {
		Map<Key, DecisionStep> keyed = new HashMap<>();
		Map<List<String>, Integer> seen = new HashMap<>();
		for (DecisionStep step : run.steps()) {
			int place = seen.merge(List.of(step.name(), step.type()), 1, Integer::sum);
			keyed.put(new Key(step.name(), step.type(), place), step);
		}
		return keyed;
	}

	private record Key(String name, String type, int place) {
	}

}
