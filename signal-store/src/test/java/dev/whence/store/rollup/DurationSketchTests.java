package dev.whence.store.rollup;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

class DurationSketchTests {

	private static final double ERROR = 0.022;

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5 })
	void everyQuantileIsWithinTheErrorOfTheExactOne(long seed) {
		long[] sample = sample(new Random(seed), 2_000);
		DurationSketch sketch = DurationSketch.of(sample);
		long[] sorted = Arrays.stream(sample).sorted().toArray();
		for (int percent = 0; percent <= 100; percent++) {
			long exact = sorted[Math.max(0, (int) Math.ceil(percent / 100.0 * sorted.length) - 1)];
			assertThat((double) sketch.quantile(percent / 100.0).toNanos()).as("%d %%", percent)
				.isCloseTo(exact, within(exact * ERROR + 1));
		}
		assertThat(sketch.count()).isEqualTo(2_000);
	}

	@ParameterizedTest
	@ValueSource(longs = { 6, 7, 8 })
	void mergingGivesTheSketchOfBothSamplesInWhateverOrder(long seed) {
		Random random = new Random(seed);
		long[] first = sample(random, random.nextInt(300));
		long[] second = sample(random, random.nextInt(300));
		DurationSketch both = DurationSketch
			.of(LongStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray());
		DurationSketch one = DurationSketch.of(first);
		DurationSketch other = DurationSketch.of(second);
		assertThat(one.merge(other)).isEqualTo(both);
		assertThat(other.merge(one)).isEqualTo(both).hasSameHashCodeAs(both);
		assertThat(one.merge(DurationSketch.EMPTY)).isEqualTo(one);
	}

	@Test
	void theLongestAndTheShortestDurationCanBeKept() {
		DurationSketch sketch = DurationSketch.of(0, -5, 1, Long.MAX_VALUE);
		assertThat(sketch.quantile(0)).isEqualTo(Duration.ZERO);
		assertThat((double) sketch.quantile(1).toNanos()).isCloseTo(Long.MAX_VALUE, within(Long.MAX_VALUE * ERROR));
	}

	@Test
	void whatIsLongerIsCounted() {
		DurationSketch sketch = DurationSketch.of(10, 1_000, 1_000_000, 2_000_000);
		assertThat(sketch.countAbove(Duration.ofNanos(500_000))).isEqualTo(2);
		assertThat(sketch.countAbove(Duration.ofSeconds(1))).isZero();
		assertThat(sketch.countAbove(Duration.ZERO)).isEqualTo(4);
	}

	@Test
	void noDurationsHaveNoQuantile() {
		assertThatIllegalStateException().isThrownBy(() -> DurationSketch.EMPTY.quantile(0.5));
	}

	/** From nanoseconds to hours, evenly over the orders of magnitude. */
	private static long[] sample(Random random, int size) {
		return LongStream.generate(() -> (long) Math.pow(10, random.nextDouble() * 13)).limit(size).toArray();
	}

}
