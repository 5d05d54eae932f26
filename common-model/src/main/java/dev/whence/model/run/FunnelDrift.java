package dev.whence.model.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A stage that has left what is usual for it, in each of the latest runs and to the same
 * side, so that one strange input is no drift.
 *
 * @param what the number that left its band
 * @param usual where it lay in the runs before
 * @param latest where it is in the latest run
 * @param first the first of the runs that are beyond
 * @param last the latest run
 */
public record FunnelDrift(String stage, String stageType, What what, Band usual, double latest, DecisionRun first,
		DecisionRun last) {

	/** So many runs on end make a drift. */
	public static final int LASTING = 3;

	/** The numbers that are looked at. */
	public enum What {

		DROP_RATE, COST

	}

	/**
	 * What drifts in these runs.
	 * @param latest that have ended, the latest first
	 * @param before runs that the latest are compared with
	 */
	public static List<FunnelDrift> in(List<DecisionRun> latest, List<DecisionRun> before) {
		if (latest.size() < LASTING) {
			return List.of();
		}
		List<DecisionRun> looked = latest.subList(0, LASTING);
		List<Map<StageKey, DecisionStep>> stages = looked.stream().map(StageKey::of).toList();
		// The first of the runs that are handed over is no part of what is usual.
		List<DecisionRun> all = new ArrayList<>(List.of(looked.getFirst()));
		all.addAll(before);
		Map<StageKey, FunnelTrend.StageTrend> keyed = FunnelTrend.keyed(all);
		List<FunnelDrift> drifts = new ArrayList<>();
		stages.getFirst().keySet().forEach((key) -> {
			FunnelTrend.StageTrend stage = keyed.get(key);
			if (stage != null) {
				add(drifts, key, What.DROP_RATE, stage.dropRate(), stages, looked);
				add(drifts, key, What.COST, stage.cost(), stages, looked);
			}
		});
		return List.copyOf(drifts);
	}

	private static void add(List<FunnelDrift> drifts, StageKey key, What what, @Nullable Band band,
			List<Map<StageKey, DecisionStep>> stages, List<DecisionRun> runs) {
		if (band == null) {
			return;
		}
		int side = 0;
		Double latest = null;
		for (Map<StageKey, DecisionStep> steps : stages) {
			DecisionStep step = steps.get(key);
			Double number = (step != null) ? number(step, what) : null;
			if (number == null || band.holds(number)) {
				return;
			}
			int beyond = (number > band.high()) ? 1 : -1;
			if (side != 0 && beyond != side) {
				return;
			}
			side = beyond;
			latest = (latest != null) ? latest : number;
		}
		if (latest != null) {
			drifts.add(new FunnelDrift(key.name(), key.type(), what, band, latest, runs.getLast(), runs.getFirst()));
		}
	}

	private static @Nullable Double number(DecisionStep step, What what) {
		return switch (what) {
			case DROP_RATE -> step.counts().dropRate();
			case COST -> step.cost();
		};
	}

}
