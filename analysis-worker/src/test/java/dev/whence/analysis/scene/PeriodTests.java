package dev.whence.analysis.scene;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PeriodTests {

	@Test
	void whatSeveralCoverCountsOnce() {
		List<Period> covered = Period.covered(
				List.of(period(50, 60), period(0, 10), period(5, 20), period(6, 8), period(20, 30), period(70, 70)));
		assertThat(covered).containsExactly(period(0, 30), period(50, 60), period(70, 70));
		assertThat(Period.covered(covered)).isEqualTo(covered);
		assertThat(Period.covered(List.of())).isEmpty();
	}

	private static Period period(long from, long to) {
		return new Period(Instant.ofEpochSecond(from), Instant.ofEpochSecond(to));
	}

}
