package dev.whence.benchmarks.scale;

import java.util.Map;

import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class EstimateTests {

	private static final UnitCosts COSTS = new UnitCosts(new CostCurve(Map.of(1.0, 100.0, 100.0, 400.0)),
			new CostCurve(Map.of(1.0, 100.0, 100.0, 1000.0)), new CostCurve(Map.of(1.0, 40.0, 100.0, 800.0)), 1, 0.5,
			20, 10, 5, 1000, 500, 10_000, 800, 50, 1000);

	@Test
	void costsBetweenMeasuredSizesLieBetweenThem() {
		CostCurve curve = new CostCurve(Map.of(1.0, 100.0, 100.0, 400.0));
		assertThat(curve.micros(1)).isEqualTo(100);
		assertThat(curve.micros(100)).isEqualTo(400);
		assertThat(curve.micros(10)).isCloseTo(200, within(1e-9));
		assertThat(curve.micros(1000)).as("ten times the largest").isEqualTo(4000);
		assertThatIllegalArgumentException().isThrownBy(() -> new CostCurve(Map.of(10.0, 100.0)));
	}

	@Test
	void everyPartIsAddedUpFromWhatItDoes() {
		Estimate estimate = Estimate.of(new Workload(600, 400, 0, 100, 10, 2, 30), COSTS, 1);
		assertThat(estimate.cores()).hasEntrySatisfying(Part.GATEWAY, is(10 * 400 + 2 * 100))
			.hasEntrySatisfying(Part.INGEST, is(10 * 1000 + 1000 * 20))
			.hasEntrySatisfying(Part.QUERY, is(2 * 5000))
			.hasEntrySatisfying(Part.ANALYSIS, is(100 * 1000))
			.hasEntrySatisfying(Part.POSTGRESQL, is(10 * 800 + 1000 * 10 + 1000 * 5 + 100 * 500 + 2 * 5000));
		assertThat(estimate.commits()).isEqualTo(10);
	}

	@Test
	void metricPointsCostAShareAndAreNotCountedByTheMinute() {
		Estimate estimate = Estimate.of(new Workload(0, 0, 1000, 100, 10, 0, 30), COSTS, 1);
		assertThat(estimate.cores()).hasEntrySatisfying(Part.POSTGRESQL, is(5 * 800 + 1000 * 10))
			.hasEntrySatisfying(Part.ANALYSIS, is(0));
	}

	@Test
	void diskIsRowsForTwoAndAHalfHoursAndLittleAfterwards() {
		Estimate estimate = Estimate.of(new Workload(1000, 0, 0, 100, 0, 0, 30), COSTS, 1);
		assertThat(estimate.hotBytes()).isEqualTo(1000 * 9000.0 * 800);
		assertThat(estimate.closedBytes()).isEqualTo(1000 * (30 * 86_400.0 - 9000) * 50);
		assertThat(estimate.walBytesPerDay()).isEqualTo(1000 * 86_400.0 * 1000);
		Estimate nothingKept = Estimate.of(new Workload(1000, 0, 0, 100, 0, 0, 0), COSTS, 1);
		assertThat(nothingKept.hotBytes() + nothingKept.closedBytes()).isZero();
	}

	@Test
	void twoReplicasAtLeastAndNoneBusyBeyondSeventyPercent() {
		Workload little = new Workload(10, 0, 0, 10, 0, 0, 1);
		assertThat(Estimate.of(little, COSTS, 1).replicas(Part.INGEST)).isEqualTo(2);
		Workload much = new Workload(100_000, 0, 0, 100, 0, 0, 1);
		Estimate estimate = Estimate.of(much, COSTS, 1);
		assertThat(estimate.cores().get(Part.INGEST)).isCloseTo(3, within(1e-9));
		assertThat(estimate.replicas(Part.INGEST)).isEqualTo(5);
		assertThat(estimate.replicas(Part.POSTGRESQL)).isEqualTo(1);
		assertThat(Estimate.of(much, COSTS, 2).replicas(Part.INGEST)).isEqualTo(9);
		assertThat(estimate.memory()).isEqualTo((2 + 5 + 2 + 2) * 1024);
	}

	@Test
	void everyReplicaTakesSomethingAtRest() {
		Workload much = new Workload(100_000, 0, 0, 100, 0, 0, 1);
		Estimate estimate = Estimate.of(much, COSTS, 2);
		assertThat(estimate.atRest(Part.INGEST)).isCloseTo(9 * 2 * Part.INGEST.rest(), within(1e-9));
		double work = estimate.cores().values().stream().mapToDouble(Double::doubleValue).sum();
		double rest = 2 * (estimate.replicas(Part.GATEWAY) * Part.GATEWAY.rest() + 9 * Part.INGEST.rest()
				+ 2 * Part.QUERY.rest() + 2 * Part.ANALYSIS.rest() + Part.POSTGRESQL.rest());
		assertThat(estimate.allCores()).isCloseTo(work + rest, within(1e-9));
	}

	@Test
	void aWorkloadThatCannotBeIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Workload(-1, 0, 0, 1, 0, 0, 1));
		assertThatIllegalArgumentException().isThrownBy(() -> new Workload(1, 0, 0, 0.5, 0, 0, 1));
		assertThatIllegalArgumentException().isThrownBy(() -> new Workload(1, 0, 0, 1, 101, 0, 1));
	}

	private static Condition<Double> is(double micros) {
		return new Condition<>((cores) -> Math.abs(cores - micros / 1e6) < 1e-9, "%s us a second", micros);
	}

}
