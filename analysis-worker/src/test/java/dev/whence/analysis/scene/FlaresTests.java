package dev.whence.analysis.scene;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.whence.analysis.observation.Observation;
import dev.whence.analysis.observation.Source;
import dev.whence.model.ProjectId;
import dev.whence.model.Severity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FlaresTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	@Test
	void firingsThatFollowEachOtherAreOneFlareAndALongPauseBeginsAnother() {
		List<Observation> alerts = List.of(firing(Source.ALERT, 60, 63), firing(Source.ALERT, 0, 2),
				firing(Source.ALERT, 1, 4), firing(Source.ALERT, 8, 9));
		assertThat(Flares.of(alerts, at(100))).containsExactly(period(0, 9), period(60, 63));
	}

	@Test
	void whatStillFiresGoesOnUntilNow() {
		assertThat(Flares.of(List.of(firing(Source.ALERT, 0, null), firing(Source.ALERT, 30, 31)), at(100)))
			.containsExactly(period(0, 100));
	}

	@Test
	void anAlertIsMoreExactThanADetection() {
		assertThat(Flares.of(List.of(firing(Source.DETECTION, 0, 50), firing(Source.ALERT, 10, 12)), at(100)))
			.containsExactly(period(10, 12));
		assertThat(Flares.of(List.of(firing(Source.DETECTION, 0, 50)), at(100))).containsExactly(period(0, 50));
	}

	@Test
	void nothingReportedIsNoFlare() {
		assertThat(Flares.of(List.of(), at(100))).isEmpty();
	}

	private static Observation firing(Source source, int from, @Nullable Integer to) {
		return new Observation(ProjectId.DEFAULT, source, "f" + from, "Slow", "cart", "", Severity.HIGH, "slow",
				Map.of(), Map.of(), at(from), (to != null) ? at(to) : null);
	}

	private static Period period(int from, int to) {
		return new Period(at(from), at(to));
	}

	private static Instant at(int minute) {
		return NOON.plusSeconds(60L * minute);
	}

}
