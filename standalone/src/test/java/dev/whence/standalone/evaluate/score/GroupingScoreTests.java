package dev.whence.standalone.evaluate.score;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class GroupingScoreTests {

	@Test
	void aGroupIsRightWhenItHasExactlyTheLinesOfATrueOne() {
		Groups groups = Groups.compare(Map.of(1, "a", 2, "a", 3, "b", 4, "b", 5, "c"),
				Map.of(1, "x", 2, "x", 3, "y", 4, "z", 5, "w"));
		// Lines 1, 2 and 5 of five; two of four found groups and two of three true ones.
		assertThat(groups.accuracy()).isEqualTo(0.6);
		assertThat(groups.f1()).isEqualTo(2 * (0.5 * 2 / 3) / (0.5 + 2.0 / 3), within(1e-12));
		assertThat(groups.actual()).isEqualTo(3);
		assertThat(groups.found()).isEqualTo(4);
	}

	@Test
	void aLineWithoutAPredictionIsAlone() {
		assertThat(Groups.compare(Map.of(1, "a", 2, "a"), Map.of()).accuracy()).isZero();
		assertThat(Groups.compare(Map.of(1, "a", 2, "b"), Map.of()).accuracy()).isEqualTo(1.0);
	}

	@Test
	void clustersAreComparedByPairs() {
		// True pairs: 12, 13, 23, 45. Found pairs: 12, 34, 35, 45. In both: 12, 45.
		Clusters clusters = Clusters.compare(Map.of(1, "a", 2, "a", 3, "a", 4, "b", 5, "b"),
				Map.of(1, "x", 2, "x", 3, "y", 4, "y", 5, "y"));
		assertThat(clusters.precision()).isEqualTo(0.5);
		assertThat(clusters.recall()).isEqualTo(0.5);
		assertThat(clusters.f1()).isEqualTo(0.5);
		assertThat(clusters.compression()).isEqualTo(2.5);
	}

	@Test
	void allInOneClusterFindsAllPairsAndManyMore() {
		Clusters clusters = Clusters.compare(Map.of(1, "a", 2, "a", 3, "b"), Map.of(1, "x", 2, "x", 3, "x"));
		assertThat(clusters.recall()).isEqualTo(1.0);
		assertThat(clusters.precision()).isEqualTo(1.0 / 3, within(1e-12));
	}

	@Test
	void everyItemAloneClaimsNothingAndFindsNothing() {
		Clusters clusters = Clusters.compare(Map.of(1, "a", 2, "a"), Map.of());
		assertThat(clusters.recall()).isZero();
		assertThat(clusters.f1()).isZero();
	}

}
