package dev.whence.analysis.incident;

import java.time.Duration;
import java.time.Instant;

import dev.whence.model.Severity;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SnoozeTests {

	private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

	/** Two hundred signals in ten minutes, of two kinds. */
	private final Snooze snooze = Snooze.begin(new Snooze.Terms(null, 3.0), NOW, Severity.HIGH, 2, 200,
			Duration.ofMinutes(10));

	@Test
	void theTimeThatWasAskedForEndsIt() {
		Snooze timed = Snooze.begin(new Snooze.Terms(NOW.plusSeconds(60), null), NOW, Severity.LOW, 1, 1,
				Duration.ZERO);
		assertThat(timed.endsBecause(NOW.plusSeconds(59), Severity.CRITICAL, 9, 9_000)).isEmpty();
		assertThat(timed.endsBecause(NOW.plusSeconds(60), Severity.LOW, 1, 1)).contains("the time is up");
	}

	@Test
	void moreOfTheSameAtTheSameRateDoesNotEndIt() {
		assertThat(this.snooze.endsBecause(NOW.plusSeconds(600), Severity.HIGH, 2, 400)).isEmpty();
	}

	@Test
	void aGraverSeverityEndsIt() {
		assertThat(this.snooze.endsBecause(NOW, Severity.CRITICAL, 2, 200))
			.contains("the severity rose from high to critical");
	}

	@Test
	void aNewKindOfProblemEndsIt() {
		assertThat(this.snooze.endsBecause(NOW, Severity.HIGH, 3, 200)).contains("a new kind of problem joined");
	}

	@Test
	void threeTimesTheRateEndsItOnceAMinuteHasShownIt() {
		assertThat(this.snooze.endsBecause(NOW.plusSeconds(30), Severity.HIGH, 2, 260)).isEmpty();
		assertThat(this.snooze.endsBecause(NOW.plusSeconds(60), Severity.HIGH, 2, 260))
			.contains("60 signals a minute instead of 20");
	}

	@Test
	void aBurstAfterAQuietHourIsNotAveragedAway() {
		Snooze later = this.snooze.measured(NOW.plusSeconds(3600), 210);
		assertThat(later.endsBecause(NOW.plusSeconds(3660), Severity.HIGH, 2, 270)).isPresent();
		assertThat(this.snooze.endsBecause(NOW.plusSeconds(3660), Severity.HIGH, 2, 270)).isEmpty();
	}

	@Test
	void aFewSignalsAreNoEscalationOfFewer() {
		Snooze rare = Snooze.begin(new Snooze.Terms(null, 3.0), NOW, Severity.HIGH, 1, 1, Duration.ofHours(5));
		assertThat(rare.endsBecause(NOW.plusSeconds(60), Severity.HIGH, 1, 3)).isEmpty();
		assertThat(rare.endsBecause(NOW.plusSeconds(60), Severity.HIGH, 1, 4)).isPresent();
	}

	@Test
	void aSnoozeWithoutAnEndIsNone() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Snooze.Terms(null, null));
	}

}
