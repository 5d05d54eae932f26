package dev.whence.standalone.evaluate.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.whence.standalone.StartException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TimelineTests {

	private static final Instant NOW = Instant.parse("2030-06-15T12:00:00Z");

	private final Map<Path, Extent> extents = new HashMap<>();

	@Test
	void theLastCaseEndsWithinTheDayBeforeTheLastHour() {
		FaultCase fault = fault("2023-01-29T10:00:00Z", "2023-01-29T10:05:00Z");
		Instant end = fault.end().plus(timeline(fault).shift(fault));
		assertThat(end).isEqualTo(Instant.parse("2030-06-15T10:05:00Z"));
	}

	@Test
	void aCaseThatWouldEndWithinTheLastHourEndsADayEarlier() {
		FaultCase fault = fault("2023-01-29T11:00:00Z", "2023-01-29T11:30:00Z");
		assertThat(fault.end().plus(timeline(fault).shift(fault))).isEqualTo(Instant.parse("2030-06-14T11:30:00Z"));
	}

	@Test
	void theTimeOfDayAndTheDistancesOfCasesStay() {
		FaultCase first = fault("2023-01-29T10:00:00Z", "2023-01-29T10:05:00Z");
		FaultCase second = fault("2023-02-03T22:00:00Z", "2023-02-03T22:05:00Z");
		Timeline timeline = timeline(first, second);
		assertThat(timeline.shift(first)).isEqualTo(timeline.shift(second));
		assertThat(timeline.shift(first).toSeconds() % Duration.ofDays(1).toSeconds()).isZero();
	}

	@Test
	void aCaseThatBeginsBeforeTheLastOneEndsMovesADayFurtherWithAllThatFollow() {
		FaultCase first = fault("2023-01-29T10:00:00Z", "2023-01-29T10:09:00Z");
		FaultCase second = fault("2023-01-29T10:08:30Z", "2023-01-29T10:17:30Z");
		FaultCase third = fault("2023-01-29T10:23:00Z", "2023-01-29T10:32:00Z");
		Timeline timeline = timeline(first, second, third);
		assertThat(timeline.shift(second).minus(timeline.shift(first))).isEqualTo(Duration.ofDays(1));
		assertThat(timeline.shift(third)).isEqualTo(timeline.shift(second));
	}

	@Test
	void onlyACaseWithNormalTimeMayFollowAnotherAtOnce() {
		FaultCase first = fault("2023-01-29T10:00:00Z", "2023-01-29T10:05:00Z");
		FaultCase second = fault("2023-01-29T10:07:00Z", "2023-01-29T10:12:00Z");
		Timeline alone = timeline(first, second);
		assertThat(alone.shift(second).minus(alone.shift(first))).isEqualTo(Duration.ofDays(1));
		Path baseline = baseline("2023-01-28T08:00:00Z", "2023-01-28T09:00:00Z");
		FaultCase third = fault("2023-01-29T10:00:00Z", "2023-01-29T10:05:00Z", baseline);
		FaultCase fourth = fault("2023-01-29T10:07:00Z", "2023-01-29T10:12:00Z", baseline);
		Timeline together = timeline(third, fourth);
		assertThat(together.shift(fourth)).isEqualTo(together.shift(third));
	}

	@Test
	void aBaselineOfTheSameDayBecomesTheDayBefore() {
		Path baseline = baseline("2023-01-29T08:00:00Z", "2023-01-29T23:50:00Z");
		FaultCase fault = fault("2023-01-29T10:00:00Z", "2023-01-29T10:05:00Z", baseline);
		Timeline timeline = timeline(fault);
		assertThat(timeline.shift(fault).minus(timeline.shift(baseline))).isEqualTo(Duration.ofDays(1));
	}

	@Test
	void aBaselineOfMonthsLaterEndsOnTheDayOfTheFirstCaseOrTheDayBefore() {
		Path baseline = baseline("2023-08-21T09:00:00Z", "2023-08-23T10:00:00Z");
		FaultCase fault = fault("2023-04-18T18:00:00Z", "2023-04-18T18:20:00Z", baseline);
		Timeline timeline = timeline(fault);
		Instant ends = Instant.parse("2023-08-23T10:00:00Z").plus(timeline.shift(baseline));
		assertThat(Duration.between(ends, fault.start().plus(timeline.shift(fault)))).isEqualTo(Duration.ofHours(8));
	}

	@Test
	void aBaselineThatPrecedesItsCasesMovesWithThem() {
		Path baseline = baseline("2023-01-20T00:00:00Z", "2023-01-21T00:00:00Z");
		FaultCase fault = fault("2023-01-29T10:00:00Z", "2023-01-29T10:05:00Z", baseline);
		Timeline timeline = timeline(fault);
		assertThat(timeline.shift(fault)).isEqualTo(timeline.shift(baseline));
	}

	@Test
	void twoFilesOfOneBaselineMoveTogether() {
		Path metrics = baseline("2023-01-28T00:00:00Z", "2023-01-29T23:00:00Z");
		Path traces = baseline("2023-01-29T09:00:00Z", "2023-01-29T09:01:00Z");
		Timeline timeline = timeline(fault("2023-01-29T10:00:00Z", "2023-01-29T10:05:00Z", metrics, traces));
		assertThat(timeline.shift(metrics)).isEqualTo(timeline.shift(traces));
	}

	@Test
	void theBaselineOfTheSecondDayFallsBetweenTheTwoDaysOfCases() {
		Path first = baseline("2023-01-29T08:00:00Z", "2023-01-29T23:50:00Z");
		Path second = baseline("2023-01-30T08:00:00Z", "2023-01-30T23:50:00Z");
		FaultCase morning = fault("2023-01-29T10:00:00Z", "2023-01-29T10:05:00Z", first);
		FaultCase evening = fault("2023-01-29T22:00:00Z", "2023-01-29T22:05:00Z", first);
		FaultCase nextDay = fault("2023-01-30T10:00:00Z", "2023-01-30T10:05:00Z", second);
		Timeline timeline = timeline(morning, evening, nextDay);
		Instant normal = Instant.parse("2023-01-30T08:00:00Z").plus(timeline.shift(second));
		assertThat(normal).isAfter(evening.end().plus(timeline.shift(evening)));
		assertThat(Instant.parse("2023-01-30T23:50:00Z").plus(timeline.shift(second)))
			.isBefore(nextDay.start().plus(timeline.shift(nextDay)));
		assertThat(timeline.shift(morning)).isEqualTo(timeline.shift(evening));
	}

	@Test
	void normalTimeThatACaseRecordedDaysBeforeIsNoReasonToMoveAnything() {
		FaultCase fault = fault("2023-01-29T10:00:00Z", "2023-01-29T10:05:00Z");
		this.extents.put(fault.file(), extent("2023-01-26T10:00:00Z", "2023-01-29T10:05:00Z"));
		assertThat(fault.end().plus(timeline(fault).shift(fault))).isEqualTo(Instant.parse("2030-06-15T10:05:00Z"));
	}

	@Test
	void aFaultOfWhichNothingWasSeenHasNoExtent(@TempDir Path folder) throws IOException {
		Path file = Files.createFile(folder.resolve("case.jsonl"));
		assertThat(Extent.find(file)).isEmpty();
		assertThatExceptionOfType(StartException.class).isThrownBy(() -> Extent.of(file))
			.withMessageContaining("no signal");
	}

	@Test
	void aClockThatLiesHasNoSayInTheExtent() {
		assertThat(Extent.of(List.of(Instant.parse("1754-08-30T22:43:41Z"), Instant.parse("2023-01-29T10:00:00Z"),
				Instant.parse("2023-01-29T10:01:00Z"), Instant.parse("2262-01-01T00:00:00Z"))))
			.isEqualTo(extent("2023-01-29T10:00:00Z", "2023-01-29T10:01:00Z"));
	}

	private Timeline timeline(FaultCase... cases) {
		return Timeline.of(List.of(cases), this.extents::get, NOW);
	}

	private FaultCase fault(String start, String end, Path... baseline) {
		Path file = Path.of("cases", start);
		this.extents.put(file, extent(start, end));
		return new FaultCase(start, "shop", file, List.of(baseline), null, Instant.parse(start), Instant.parse(end),
				null);
	}

	private Path baseline(String from, String to) {
		Path file = Path.of("baseline", from);
		this.extents.put(file, extent(from, to));
		return file;
	}

	private static Extent extent(String from, String to) {
		return new Extent(Instant.parse(from), Instant.parse(to));
	}

}
