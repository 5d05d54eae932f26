package dev.whence.model.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Two groups of runs stage by stage, usually of two versions of a pipeline: what is in
 * the middle of each group, so that one strange run moves nothing. Rejections are those
 * of an average run.
 *
 * @param pairs in the order of the first group, what only the second has at the end
 */
public record VersionComparison(int before, int after, List<RunComparison.Pair> pairs) {

	public static VersionComparison of(List<DecisionRun> before, List<DecisionRun> after) {
		Map<StageKey, RunComparison.Side> ours = middles(before);
		Map<StageKey, RunComparison.Side> theirs = middles(after);
		List<RunComparison.Pair> pairs = new ArrayList<>();
		ours.forEach(
				(key, side) -> pairs.add(new RunComparison.Pair(key.name(), key.type(), side, theirs.remove(key))));
		theirs.forEach((key, side) -> pairs.add(new RunComparison.Pair(key.name(), key.type(), null, side)));
		return new VersionComparison(before.size(), after.size(), List.copyOf(pairs));
	}

	private static Map<StageKey, RunComparison.Side> middles(List<DecisionRun> runs) {
		Map<StageKey, List<RunComparison.Side>> sides = new LinkedHashMap<>();
		runs.forEach((run) -> StageKey.of(run)
			.forEach((key, step) -> sides.computeIfAbsent(key, (_) -> new ArrayList<>())
				.add(RunComparison.Side.of(step))));
		Map<StageKey, RunComparison.Side> middles = new LinkedHashMap<>();
		sides.forEach((key, all) -> middles.put(key, middle(all)));
		return middles;
	}

	private static RunComparison.Side middle(List<RunComparison.Side> sides) {
		Map<String, Double> rejections = new TreeMap<>();
		sides.forEach((side) -> side.rejections()
			.forEach((reason, count) -> rejections.merge(reason, count / sides.size(), Double::sum)));
		Double cost = median(sides, RunComparison.Side::cost);
		Double seconds = median(sides, RunComparison.Side::seconds);
		return new RunComparison.Side(
				new StepCounts(rounded(median(sides, (side) -> number(side.counts().input()))),
						rounded(median(sides, (side) -> number(side.counts().output()))),
						median(sides, (side) -> side.counts().dropRate())),
				(cost != null) ? cost : 0, (seconds != null) ? Duration.ofMillis(Math.round(seconds * 1000)) : null,
				rejections);
	}

	private static @Nullable Double median(List<RunComparison.Side> sides,
			Function<RunComparison.Side, @Nullable Double> number) {
		double[] numbers = sides.stream().map(number).filter(Objects::nonNull).mapToDouble((value) -> value).toArray();
		return (numbers.length > 0) ? Band.median(numbers) : null;
	}

	private static @Nullable Double number(@Nullable Long count) {
		return (count != null) ? (double) count : null;
	}

	private static @Nullable Long rounded(@Nullable Double number) {
		return (number != null) ? Math.round(number) : null;
	}

}
