package dev.whence.xray;

import java.util.Random;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReservoirTests {

	private static final int OFFERED = 50;

	private static final int DRAWS = 20_000;

	/**
	 * Of chi-squared with 49 degrees of freedom, exceeded by chance once in a million
	 * times.
	 */
	private static final double MOST = 110;

	@Test
	void aFewAreAllThere() {
		Reservoir<String> reservoir = new Reservoir<>(3, new Random(1));
		reservoir.offer("a");
		reservoir.offer("b");

		assertThat(reservoir.some(3)).containsExactly("a", "b");
		assertThat(reservoir.offered()).isEqualTo(2);
	}

	@Test
	void aSampleOfNothingIsEmpty() {
		Reservoir<String> reservoir = new Reservoir<>(0, new Random(1));
		reservoir.offer("a");

		assertThat(reservoir.some(5)).isEmpty();
		assertThat(reservoir.offered()).isOne();
	}

	@Test
	void eachIsInTheSampleWithTheSameProbability() {
		assertThat(chiSquared(10, 10)).isLessThan(MOST);
	}

	@Test
	void eachIsInAPartOfTheSampleWithTheSameProbability() {
		assertThat(chiSquared(10, 4)).isLessThan(MOST);
	}

	private static double chiSquared(int capacity, int most) {
		SplittableRandom random = new SplittableRandom(42);
		int[] drawn = new int[OFFERED];
		for (int draw = 0; draw < DRAWS; draw++) {
			Reservoir<Integer> reservoir = new Reservoir<>(capacity, random);
			for (int number = 0; number < OFFERED; number++) {
				reservoir.offer(number);
			}
			reservoir.some(most).forEach((number) -> drawn[number]++);
		}
		double expected = DRAWS * (double) most / OFFERED;
		double sum = 0;
		for (int count : drawn) {
			sum += (count - expected) * (count - expected) / expected;
		}
		return sum;
	}

}
