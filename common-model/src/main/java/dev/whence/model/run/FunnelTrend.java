package dev.whence.model.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * The funnels of several runs of one pipeline laid over each other: for each stage what
 * is usual, and whether the latest run left it. The latest run is no part of what is
 * usual.
 *
 * @param runs how many runs there are, the latest included
 * @param stages in the order of the latest run that has them
 */
public record FunnelTrend(int runs, List<StageTrend> stages) {

	/** Drop rates that differ by less are the same to a reader. */
	private static final double LEAST_RATE = 0.05;

	/** Costs and durations that differ by less are noise. */
	private static final double LEAST_SHARE = 0.2;

	/**
	 * One stage.
	 *
	 * @param runs how many of the runs have it
	 * @param dropRates of all runs, the latest first; null where a run has no such step
	 * or its drop rate is unknown
	 * @param latest the step of the latest run; null when that has none
	 * @param rejections dropped candidates per reason, of all runs together
	 * @param drifts what left its band in the latest run
	 */
	public record StageTrend(String name, String type, int runs, @Nullable Band input, @Nullable Band output,
			@Nullable Band dropRate, @Nullable Band cost, @Nullable Band seconds, List<@Nullable Double> dropRates,
			RunComparison.@Nullable Side latest, Map<String, Double> rejections, List<String> drifts) {
	}

	/**
	 * @param runs of one pipeline, the latest first
	 */
	public static FunnelTrend of(List<DecisionRun> runs) {
		return new FunnelTrend(runs.size(), List.copyOf(keyed(runs).values()));
	}

	/** The stages by what they are. */
	static Map<StageKey, StageTrend> keyed(List<DecisionRun> runs) {
		List<Map<StageKey, RunComparison.Side>> sides = runs.stream().map(FunnelTrend::sides).toList();
		Map<StageKey, StageTrend> stages = new LinkedHashMap<>();
		sides
			.forEach((ofRun) -> ofRun.keySet().forEach((key) -> stages.computeIfAbsent(key, (_) -> stage(key, sides))));
		return stages;
	}

	private static Map<StageKey, RunComparison.Side> sides(DecisionRun run) {
		Map<StageKey, RunComparison.Side> sides = new LinkedHashMap<>();
		StageKey.of(run).forEach((key, step) -> sides.put(key, RunComparison.Side.of(step)));
		return sides;
	}

	/**
	 * @param runs the steps of each run, the latest first
	 */
	private static StageTrend stage(StageKey key, List<Map<StageKey, RunComparison.Side>> runs) {
		RunComparison.Side latest = runs.getFirst().get(key);
		List<RunComparison.Side> sides = runs.stream()
			.skip(1)
			.map((run) -> run.get(key))
			.filter(Objects::nonNull)
			.toList();
		Band dropRate = Band.of(numbers(sides, (side) -> side.counts().dropRate()), 0, LEAST_RATE);
		Band cost = Band.of(numbers(sides, RunComparison.Side::cost), LEAST_SHARE, 0);
		Band seconds = Band.of(numbers(sides, FunnelTrend::seconds), LEAST_SHARE, 0);
		Band input = Band.of(numbers(sides, (side) -> number(side.counts().input())), LEAST_SHARE, 0);
		Band output = Band.of(numbers(sides, (side) -> number(side.counts().output())), LEAST_SHARE, 0);
		List<String> drifts = new ArrayList<>();
		Map<String, Double> rejections = new TreeMap<>();
		sides.forEach((side) -> side.rejections().forEach((reason, n) -> rejections.merge(reason, n, Double::sum)));
		if (latest != null) {
			latest.rejections().forEach((reason, n) -> rejections.merge(reason, n, Double::sum));
			note(drifts, "drop_rate", dropRate, latest.counts().dropRate());
			note(drifts, "cost", cost, latest.cost());
			note(drifts, "seconds", seconds, seconds(latest));
			note(drifts, "input", input, number(latest.counts().input()));
			note(drifts, "output", output, number(latest.counts().output()));
		}
		else if (sides.size() >= Band.FEWEST) {
			drifts.add("missing");
		}
		return new StageTrend(key.name(), key.type(), sides.size() + ((latest != null) ? 1 : 0), input, output,
				dropRate, cost, seconds, dropRates(key, runs), latest, rejections, List.copyOf(drifts));
	}

	private static List<@Nullable Double> dropRates(StageKey key, List<Map<StageKey, RunComparison.Side>> runs) {
		List<@Nullable Double> rates = new ArrayList<>();
		for (Map<StageKey, RunComparison.Side> run : runs) {
			RunComparison.Side side = run.get(key);
			rates.add((side != null) ? side.counts().dropRate() : null);
		}
		return Collections.unmodifiableList(rates);
	}

	private static void note(List<String> drifts, String what, @Nullable Band band, @Nullable Double latest) {
		if (band != null && latest != null && !band.holds(latest)) {
			drifts.add(what);
		}
	}

	private static List<Double> numbers(List<RunComparison.Side> sides, Reading reading) {
		return sides.stream().map(reading::of).filter(Objects::nonNull).map((number) -> (double) number).toList();
	}

	private static @Nullable Double number(@Nullable Long count) {
		return (count != null) ? (double) count : null;
	}

	private static @Nullable Double seconds(RunComparison.Side side) {
		return side.seconds();
	}

	@FunctionalInterface
	private interface Reading {

		@Nullable Double of(RunComparison.Side side);

	}

}
