package dev.whence.analysis.detection;

import java.time.Duration;
import java.time.Instant;

import dev.whence.model.Severity;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StandingTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	@Test
	void oneBadMinuteFiresNothing() {
		Standing bad = begin(at(0));
		assertThat(bad.firing()).isFalse();
		assertThat(bad.isQuiet().isOver()).isTrue();
	}

	@Test
	void theSecondBadMinuteOnEndFiresSinceTheFirst() {
		Standing firing = begin(at(0)).deviates(at(1));
		assertThat(firing.firing()).isTrue();
		assertThat(firing.since()).isEqualTo(at(0));
	}

	@Test
	void everyOtherMinuteBadIsOneFiringThatGoesOn() {
		Standing standing = begin(at(0)).deviates(at(1));
		for (int minute = 2; minute < 20; minute += 2) {
			standing = standing.isQuiet();
			assertThat(standing.isOver()).isFalse();
			standing = standing.deviates(at(minute + 1));
		}
		assertThat(standing.firing()).isTrue();
		assertThat(standing.since()).isEqualTo(at(0));
	}

	@Test
	void threeGoodMinutesEndItWhereItLastDeviated() {
		Standing standing = begin(at(0)).deviates(at(1)).isQuiet().isQuiet();
		assertThat(standing.isOver()).isFalse();
		standing = standing.isQuiet();
		assertThat(standing.isOver()).isTrue();
		assertThat(standing.end()).isEqualTo(at(2));
	}

	@Test
	void aSeriesThatRoseForMinutesFiresAtOnceAndOutlivesThePausesBetweenItsPoints() {
		Standing standing = Standing.begin(new Deviation(Deviation.Kind.SERIES, "cart", "", "latency_ms",
				Severity.MEDIUM, Duration.ofMinutes(4), 3, "slow"), at(4));
		assertThat(standing.firing()).isTrue();
		assertThat(standing.since()).isEqualTo(at(0));
		for (int minute = 5; minute < 15; minute++) {
			standing = standing.isQuiet();
			assertThat(standing.isOver()).isFalse();
		}
		assertThat(standing.isQuiet().isOver()).isTrue();
	}

	private static Standing begin(Instant minute) {
		return Standing.begin(new Deviation(Deviation.Kind.CONDUCT, "cart", "", "", Severity.MEDIUM, 7, "lost a step"),
				minute);
	}

	private static Instant at(int minute) {
		return NOON.plusSeconds(60L * minute);
	}

}
