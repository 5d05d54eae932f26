package dev.whence.analysis.scene;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NormalTimeTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	@Test
	void whatAnotherIncidentTookIsCutOutOfItsMinutes() {
		Period incident = new Period(at(130), at(290));
		assertThat(NormalTime.choose(minutes(6), List.of(incident), List.of(), at(600), 20))
			.containsExactly(period(0, 60), period(60, 120), new Period(at(300), at(360)));
	}

	@Test
	void aPieceThatIsLongEnoughStaysOfAMinuteInWhichAnIncidentBegan() {
		Period incident = new Period(at(30), at(60));
		assertThat(NormalTime.choose(minutes(1), List.of(incident), List.of(), at(600), 20))
			.containsExactly(period(0, 30));
	}

	@Test
	void nothingAfterTheEndIsNormal() {
		assertThat(NormalTime.choose(minutes(6), List.of(), List.of(), at(85), 20)).containsExactly(period(0, 60),
				period(60, 85));
	}

	@Test
	void noiseThatNeverEndsIsTakenForNormal() {
		Period always = new Period(at(-1000), at(100_000));
		assertThat(NormalTime.choose(minutes(6), List.of(), List.of(always), at(600), 20)).hasSize(6);
		assertThat(NormalTime.choose(minutes(6), List.of(always), List.of(), at(600), 20)).isEmpty();
	}

	@Test
	void noiseIsLeftOutWhereEnoughIsQuiet() {
		Period noise = new Period(at(0), at(600));
		assertThat(NormalTime.choose(minutes(60), List.of(), List.of(noise), at(100_000), 20))
			.allMatch((piece) -> !piece.overlaps(noise))
			.hasSize(20);
	}

	@Test
	void halfAreTheNewestAndTheOthersReachBackToTheFirst() {
		List<Period> chosen = NormalTime.choose(minutes(1000), List.of(), List.of(), at(1_000_000), 16);
		assertThat(chosen).hasSize(16).doesNotHaveDuplicates();
		assertThat(chosen.getFirst().from()).isEqualTo(NOON);
		assertThat(chosen.subList(8, 16).getFirst().from()).isEqualTo(at(992 * 60));
		assertThat(chosen.getLast().to()).isEqualTo(at(60_000));
	}

	private static List<Instant> minutes(int count) {
		return IntStream.range(0, count).mapToObj((minute) -> at(60L * minute)).toList();
	}

	private static Period period(long from, long to) {
		return new Period(at(from), at(to));
	}

	private static Instant at(long seconds) {
		return NOON.plus(Duration.ofSeconds(seconds));
	}

}
