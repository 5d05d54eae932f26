package dev.whence.analysis.observation;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import dev.whence.model.ProjectId;
import dev.whence.model.Severity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FiringTests {

	private static final Instant TIME = Instant.parse("2026-03-01T10:00:00Z");

	@Test
	void theSameReportChangesNothing() {
		Firing firing = firing(0, null, 300);
		assertThat(firing.merge(firing(0, null, 300), false)).contains(firing);
	}

	@Test
	void aLaterReportRenewsItAndSaysNothingNew() {
		Firing firing = firing(0, null, 300);
		Firing renewed = firing.merge(firing(0, null, 360), false).orElseThrow();
		assertThat(renewed.expiresAt()).isEqualTo(TIME.plusSeconds(360));
		assertThat(renewed.tellsMoreThan(firing)).isFalse();
	}

	@Test
	void anOldReportThatComesLateTakesNothingBack() {
		Firing ended = firing(0, 100, null).merge(firing(0, null, 300), false).orElseThrow();
		assertThat(ended.observation().endsAt()).isEqualTo(TIME.plusSeconds(100));
		Firing renewed = firing(0, null, 360).merge(firing(0, null, 300), false).orElseThrow();
		assertThat(renewed.expiresAt()).isEqualTo(TIME.plusSeconds(360));
	}

	@Test
	void replicasThatSawItStartSecondsApartReportOneFiring() {
		Firing merged = firing(0, null, 300).merge(firing(-7, null, 310), false).orElseThrow();
		assertThat(merged.observation().startsAt()).isEqualTo(TIME.minusSeconds(7));
	}

	@Test
	void aReportAfterItsEndIsAboutAnotherFiring() {
		assertThat(firing(0, 100, null).merge(firing(100, null, 400), false)).isEqualTo(Optional.empty());
	}

	@Test
	void anEndThatWasOnlyAssumedIsTakenBack() {
		Firing assumed = firing(0, 300, 300);
		Firing goesOn = assumed.merge(firing(0, null, 900), false).orElseThrow();
		assertThat(goesOn.observation().endsAt()).isNull();
		assertThat(goesOn.tellsMoreThan(assumed)).isTrue();
	}

	@Test
	void aReportWithoutAStartIsAboutWhatFires() {
		assertThat(firing(0, null, 300).merge(firing(5_000, null, 5_300), true)).isPresent();
		assertThat(firing(0, 100, null).merge(firing(5_000, null, 5_300), true)).isEmpty();
	}

	private static Firing firing(long starts, @Nullable Integer ends, @Nullable Integer expires) {
		Observation observation = new Observation(ProjectId.DEFAULT, Source.ALERT, "f", "Disk", "db", "", Severity.HIGH,
				"Disk", Map.of("alertname", "Disk"), Map.of(), TIME.plusSeconds(starts), at(ends));
		return new Firing(1L, observation, "", at(expires), TIME, null);
	}

	private static @Nullable Instant at(@Nullable Integer second) {
		return (second != null) ? TIME.plusSeconds(second) : null;
	}

}
