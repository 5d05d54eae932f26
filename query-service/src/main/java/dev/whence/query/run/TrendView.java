package dev.whence.query.run;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.model.run.Band;
import dev.whence.model.run.FunnelTrend;
import org.jspecify.annotations.Nullable;

/**
 * The funnels of several runs of one name laid over each other.
 *
 * @param runs the latest first
 */
record TrendView(String name, List<RunView> runs, List<Stage> stages) {

	static TrendView of(String name, List<RunView> runs, FunnelTrend trend) {
		return new TrendView(name, runs, trend.stages().stream().map(Stage::of).toList());
	}

	/**
	 * One stage: what is usual, and the latest run; bands are null below five runs.
	 *
	 * @param dropRates of each of the runs, in their order; null where it is unknown
	 * @param drifts what left its band in the latest run
	 */
	record Stage(String name, String type, int runs, @Nullable Band input, @Nullable Band output,
			@JsonProperty("drop_rate") @Nullable Band dropRate, @Nullable Band cost, @Nullable Band seconds,
			@JsonProperty("drop_rates") List<@Nullable Double> dropRates, ComparisonView.@Nullable Side latest,
			Map<String, Double> rejections, List<String> drifts) {

		static Stage of(FunnelTrend.StageTrend stage) {
			return new Stage(stage.name(), stage.type(), stage.runs(), stage.input(), stage.output(), stage.dropRate(),
					stage.cost(), stage.seconds(), stage.dropRates(), ComparisonView.Side.of(stage.latest()),
					stage.rejections(), stage.drifts());
		}

	}

}
