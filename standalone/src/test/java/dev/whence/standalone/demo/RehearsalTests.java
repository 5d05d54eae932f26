package dev.whence.standalone.demo;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** When the quiet faults happened. */
class RehearsalTests {

	private static final Instant NOW = Instant.parse("2026-03-01T12:00:42Z");

	private final Rehearsal all = Rehearsal.before(NOW, List.of(QuietFault.values()));

	@Test
	void itsMinutesHaveNoGapsAndAreAllOlderThanTen() {
		for (int i = 1; i < this.all.minutes().size(); i++) {
			assertThat(this.all.minutes().get(i).start())
				.isEqualTo(this.all.minutes().get(i - 1).start().plus(Rehearsal.MINUTE));
		}
		assertThat(this.all.end()).isEqualTo(Instant.parse("2026-03-01T11:49:00Z"));
	}

	@Test
	void enoughNormalMinutesComeFirstForDetectionToKnowThem() {
		assertThat(this.all.minutes().stream().limit(12).map(Rehearsal.Minute::fault).filter(Objects::nonNull))
			.isEmpty();
	}

	@Test
	void everyFaultLastsTwoMinutesAndIsOverBeforeTheNextBegins() {
		assertThat(this.all.faults()).containsExactly(QuietFault.values());
		Instant over = this.all.start();
		for (QuietFault fault : this.all.faults()) {
			assertThat(this.all.minutes().stream().filter((minute) -> minute.fault() == fault)).hasSize(2);
			assertThat(this.all.beginOf(fault)).isAfterOrEqualTo(over.plus(Rehearsal.MINUTE.multipliedBy(4)));
			over = this.all.beginOf(fault).plus(Rehearsal.MINUTE.multipliedBy(2));
		}
	}

	@Test
	void anIncidentBelongsToTheFaultDuringWhichItBegan() {
		Instant begin = this.all.beginOf(QuietFault.LOST_MESSAGE);
		for (Instant seen : List.of(begin.minusSeconds(30), begin, begin.plusSeconds(119))) {
			assertThat(this.all.faults().stream().filter((fault) -> this.all.isAbout(fault, seen)))
				.containsExactly(QuietFault.LOST_MESSAGE);
		}
		assertThat(this.all.faults().stream().filter((fault) -> this.all.isAbout(fault, NOW))).isEmpty();
	}

	@Test
	void theNextOneWaitsUntilTheShopsMinutesAreItsOwn() {
		Instant again = this.all.freeAfter(NOW);
		assertThat(Rehearsal.before(again, List.of(QuietFault.values())).start()).isAfter(NOW);
		assertThat(Rehearsal.before(again.minus(Rehearsal.MINUTE), List.of(QuietFault.values())).start()).isBefore(NOW);
	}

	@Test
	void anAlertTellsTheSymptomAtTheFrontAndNotTheCause() {
		assertThat(this.all.alert(QuietFault.NOISY_NEIGHBOUR).toString())
			.contains("CheckoutLatency", "web-frontend", "critical")
			.doesNotContain("node-2", "inventory");
	}

}
