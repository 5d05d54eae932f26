package dev.whence.model.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FunnelTrendTests {

	@Test
	void aStageThatDropsMoreThanItEverDidHasDrifted() {
		FunnelTrend trend = FunnelTrend.of(runs(0.9, 0.30, 0.31, 0.29, 0.30, 0.32));
		assertThat(trend.runs()).isEqualTo(6);
		FunnelTrend.StageTrend stage = trend.stages().getFirst();
		assertThat(stage.drifts()).contains("drop_rate");
		assertThat(stage.dropRate().median()).isEqualTo(0.30);
		assertThat(stage.rejections()).containsEntry("price", 242.0);
	}

	@Test
	void aStageThatVariesAsItAlwaysDidHasNot() {
		assertThat(FunnelTrend.of(runs(0.33, 0.30, 0.31, 0.29, 0.30, 0.32)).stages().getFirst().drifts()).isEmpty();
		assertThat(FunnelTrend.of(runs(0.9, 0.2, 0.9, 0.1, 0.5, 0.7)).stages().getFirst().drifts())
			.doesNotContain("drop_rate");
	}

	@Test
	void fewRunsHaveNoUsualPlace() {
		assertThat(FunnelTrend.of(runs(0.9, 0.3, 0.3, 0.3)).stages().getFirst().dropRate()).isNull();
		assertThat(FunnelTrend.of(List.of()).stages()).isEmpty();
	}

	@Test
	void aStageThatTheLatestRunLeftOutIsMissing() {
		List<DecisionRun> runs = new ArrayList<>(runs(0.3, 0.3, 0.3, 0.3, 0.3));
		runs.addFirst(DecisionRun.of(List.of(new RunEvent(new UUID(9, 9), new UUID(9, 9), RunEventType.RUN_COMPLETE,
				"run_complete", Map.of("name", "r")))));
		FunnelTrend.StageTrend stage = FunnelTrend.of(runs).stages().getFirst();
		assertThat(stage.drifts()).containsExactly("missing");
		assertThat(stage.dropRates()).containsExactly(null, 0.3, 0.3, 0.3, 0.3, 0.3);
	}

	private static List<DecisionRun> runs(double... dropRates) {
		List<DecisionRun> runs = new ArrayList<>();
		for (int i = 0; i < dropRates.length; i++) {
			int dropped = (int) Math.round(100 * dropRates[i]);
			runs.add(DecisionRun
				.of(List.of(new RunEvent(new UUID(0, i), new UUID(1, i), RunEventType.STEP_COMPLETE, "step_complete",
						Map.of("name", "price", "type", "filter", "inputs", Map.of("candidate_count", 100), "outputs",
								Map.of("survivor_count", 100 - dropped), "metadata",
								Map.of("rejection_histogram", Map.of("price", dropped)))))));
		}
		return runs;
	}

}
