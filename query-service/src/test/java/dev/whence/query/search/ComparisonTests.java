package dev.whence.query.search;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ComparisonTests {

	@Test
	void theIntervalIsTheOneOfThePublication() {
		// Newcombe 1998, table II, method 10: 56/70 against 48/80.
		assertThat(Comparison.lowerEnd(56, 70, 48, 80)).isCloseTo(0.0524, within(0.0001));
		// 9/10 against 3/10.
		assertThat(Comparison.lowerEnd(9, 10, 3, 10)).isCloseTo(0.1705, within(0.0001));
	}

	@Test
	void fewCasesProveLittle() {
		assertThat(Comparison.lowerEnd(1, 1, 0, 1)).isLessThan(0.1);
		assertThat(Comparison.lowerEnd(100, 100, 0, 100)).isGreaterThan(0.9);
		assertThat(Comparison.lowerEnd(0, 0, 3, 10)).isZero();
	}

}
