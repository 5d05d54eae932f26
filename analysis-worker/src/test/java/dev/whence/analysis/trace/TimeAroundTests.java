package dev.whence.analysis.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.whence.model.Problem;
import dev.whence.model.Severity;
import dev.whence.model.SignalType;
import dev.whence.model.TraceId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TimeAroundTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	@Test
	void senderOfAMessageThatWaitedForHoursIsAround() {
		TimeAround time = TimeAround.of(List.of(problem(NOON), problem(NOON.plusSeconds(60))));
		assertThat(time.from()).isBefore(NOON.minus(Duration.ofHours(5)));
		assertThat(time.to()).isAfter(NOON.plus(Duration.ofHours(5)));
	}

	@Test
	void aClockThatLiesDoesNotHideThoseOfTheOthers() {
		TimeAround time = TimeAround.of(List.of(problem(Instant.EPOCH))).and(NOON, NOON.plusSeconds(60));
		assertThat(time.from()).isBefore(Instant.EPOCH);
		assertThat(time.to()).isAfter(NOON.plusSeconds(60));
	}

	@Test
	void aTimeThatIsAroundAlreadyChangesNothing() {
		TimeAround time = TimeAround.of(List.of(problem(NOON), problem(NOON.plusSeconds(60))));
		assertThat(time.and(NOON, NOON.plusSeconds(60))).isEqualTo(time);
	}

	private static Problem problem(Instant at) {
		return new Problem(UUID.randomUUID(), SignalType.TRACE, new TraceId("t"), "cart", at, Severity.HIGH, "f",
				"failed");
	}

}
