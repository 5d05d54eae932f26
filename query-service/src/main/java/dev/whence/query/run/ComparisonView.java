package dev.whence.query.run;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.model.run.RunComparison;
import org.jspecify.annotations.Nullable;

/** Two runs step by step. */
record ComparisonView(RunView before, RunView after, List<Pair> steps) {

	static ComparisonView of(RunComparison comparison) {
		return new ComparisonView(RunView.of(comparison.before()), RunView.of(comparison.after()),
				comparison.pairs().stream().map(Pair::of).toList());
	}

	/** The same step in both; null where a run does not have it. */
	record Pair(String name, String type, @Nullable Side before, @Nullable Side after) {

		static Pair of(RunComparison.Pair pair) {
			return new Pair(pair.name(), pair.type(), Side.of(pair.before()), Side.of(pair.after()));
		}

	}

	/**
	 * A step of one run.
	 *
	 * @param seconds how long it took; null when its times cannot be read
	 */
	record Side(@JsonProperty("input_count") @Nullable Long inputCount,
			@JsonProperty("output_count") @Nullable Long outputCount,
			@JsonProperty("drop_rate") @Nullable Double dropRate, double cost, @Nullable Double seconds,
			Map<String, Double> rejections) {

		static @Nullable Side of(RunComparison.@Nullable Side side) {
			if (side == null) {
				return null;
			}
			return new Side(side.counts().input(), side.counts().output(), side.counts().dropRate(), side.cost(),
					side.seconds(), side.rejections());
		}

	}

}
