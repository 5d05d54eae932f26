package dev.whence.analysis.evidence;

import java.util.Comparator;
import java.util.List;

/**
 * So many hits of so many trials; no whole numbers once pooled.
 *
 * @param trials at least the hits
 */
record Rate(double trials, double hits) {

	/** From here the variance between the blocks can be told. */
	private static final int BLOCKS_WITH_VARIANCE = 3;

	/** However much the blocks differ, together they are worth this many trials. */
	private static final double FEWEST_TRIALS = 3;

	private static final Comparator<Rate> ORDER = Comparator.comparingDouble(Rate::trials)
		.thenComparingDouble(Rate::hits);

	/** Hits per trial; 0 without trials. */
	double share() {
		return (this.trials > 0) ? this.hits / this.trials : 0;
	}

	/**
	 * The rate over all blocks of time. Where they differ more than chance would let
	 * them, as with a changing mix of traffic, they count like fewer trials.
	 */
	static Rate pooled(List<Rate> blocks) {
		// In one order, because sums of fractions depend on it.
		List<Rate> used = blocks.stream().filter((block) -> block.trials > 0).sorted(ORDER).toList();
		double trials = used.stream().mapToDouble(Rate::trials).sum();
		if (trials == 0) {
			return new Rate(0, 0);
		}
		double share = used.stream().mapToDouble(Rate::hits).sum() / trials;
		if (used.size() >= BLOCKS_WITH_VARIANCE) {
			double variance = used.stream()
				.mapToDouble((block) -> block.trials * Math.pow(block.share() - share, 2))
				.sum() / trials;
			double byChance = Math.max(share * (1 - share), 0.5 / trials) * used.size() / trials;
			if (variance > byChance) {
				trials = Math.max(FEWEST_TRIALS, trials * byChance / variance);
			}
		}
		return new Rate(trials, share * trials);
	}

}
