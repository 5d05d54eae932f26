package dev.whence.store.rollup;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class MinuteRangeTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	@ParameterizedTest
	@CsvSource({ "PT1H, 1", "PT2H, 1", "PT3H, 2", "PT6H, 5", "PT24H, 15", "P3D, 60", "P30D, 360", "P365D, 1440" })
	void stepsGrowWithTheRange(Duration length, int step) {
		assertThat(MinuteRange.covering(NOON.minus(length), NOON, 120).step()).isEqualTo(step);
	}

	@Test
	void everyRangeIsCoveredByFewWholeSteps() {
		Random random = new Random(1);
		for (int i = 0; i < 10_000; i++) {
			Instant from = NOON.minusNanos(random.nextLong(Duration.ofDays(40).toNanos()));
			Instant to = from.plusNanos(1 + random.nextLong(Duration.ofDays(1 + random.nextInt(40)).toNanos()));
			int most = 1 + random.nextInt(300);
			MinuteRange range = MinuteRange.covering(from, to, most);
			assertThat(range.from()).isBeforeOrEqualTo(from);
			assertThat(range.to()).isAfterOrEqualTo(to).isBefore(to.plusSeconds(60));
			assertThat(range.from()).isAfter(from.minus(Duration.ofMinutes(range.step())));
			assertThat(range.startOf(range.steps() - 1)).isBefore(range.to());
			assertThat(range.startOf(range.steps())).isAfterOrEqualTo(range.to());
			if (range.step() < 1440) {
				assertThat(range.steps()).isLessThanOrEqualTo(most);
			}
		}
	}

	@Test
	void aRangeHasWholeMinutesAndAnEndBehindItsBeginning() {
		assertThatIllegalArgumentException().isThrownBy(() -> new MinuteRange(NOON, NOON, 1));
		assertThatIllegalArgumentException().isThrownBy(() -> new MinuteRange(NOON, NOON.plusSeconds(61), 1));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new MinuteRange(NOON.plusSeconds(60), NOON.plusSeconds(300), 5));
	}

}
