package dev.whence.analysis.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import dev.whence.model.Problem;
import dev.whence.model.Severity;
import dev.whence.model.SignalType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BurstsTests {

	private static final Duration GAP = Duration.ofSeconds(120);

	@Test
	void nothingHasNoBursts() {
		assertThat(Bursts.split(List.of(), GAP)).isEmpty();
	}

	@Test
	void aSilenceLongerThanTheGapSeparates() {
		List<Problem> problems = problems(0, 60, 180, 301, 302, 1000);
		assertThat(Bursts.split(problems, GAP)).containsExactly(problems.subList(0, 3), problems.subList(3, 5),
				problems.subList(5, 6));
	}

	@Test
	void aSilenceOfExactlyTheGapDoesNot() {
		assertThat(Bursts.split(problems(0, 120), GAP)).hasSize(1);
		assertThat(Bursts.split(problems(0, 121), GAP)).hasSize(2);
	}

	@Test
	void aBurstMayLastLongerThanTheGap() {
		assertThat(Bursts.split(problems(0, 100, 200, 300, 400), GAP)).hasSize(1);
	}

	@Test
	void problemsOfOneInstantAreOneBurst() {
		assertThat(Bursts.split(problems(5, 5, 5), Duration.ZERO)).hasSize(1);
	}

	private static List<Problem> problems(long... seconds) {
		return Arrays.stream(seconds)
			.mapToObj((second) -> new Problem(UUID.randomUUID(), SignalType.LOG, null, "payment",
					Instant.ofEpochSecond(second), Severity.HIGH, "f", "title"))
			.toList();
	}

}
