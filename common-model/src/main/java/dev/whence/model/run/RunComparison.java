package dev.whence.model.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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

		/** How long it took, however long that is; null when its times cannot be read. */
		public @Nullable Double seconds() {
			return (this.took != null) ? this.took.getSeconds() + this.took.getNano() / 1e9 : null;
		}

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
		Map<StageKey, DecisionStep> theirs = StageKey.of(after);
		List<Pair> pairs = new ArrayList<>();
		StageKey.of(before).forEach((key, step) -> {
			DecisionStep same = theirs.remove(key);
			pairs.add(new Pair(key.name(), key.type(), Side.of(step), (same != null) ? Side.of(same) : null));
		});
		theirs.forEach((key, step) -> pairs.add(new Pair(key.name(), key.type(), null, Side.of(step))));
		return new RunComparison(before, after, List.copyOf(pairs));
	}

}
