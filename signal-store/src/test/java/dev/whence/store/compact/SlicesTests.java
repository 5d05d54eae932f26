package dev.whence.store.compact;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.whence.store.partition.Partition;
import dev.whence.store.table.Table;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Which hours become segments together, and when. */
class SlicesTests {

	private static final LocalDate DAY = LocalDate.parse("2026-11-30");

	private static final long LITTLE = 1L << 20;

	@Test
	void anHourInWhichMuchHappenedIsClosedByItselfAsSoonAsItIsOver() {
		List<Partition> hours = hours(8, 9, 10, 11);

		assertThat(due(hours, Slices.ENOUGH_BYTES, "11:00")).containsExactly(hours(8), hours(9), hours(10));
	}

	@Test
	void hoursInWhichLittleHappenedWaitAndAreClosedTogether() {
		List<Partition> hours = hours(8, 9, 10, 11, 12, 13, 14);

		assertThat(due(hours, LITTLE, "13:59")).isEmpty();
		assertThat(due(hours, LITTLE, "14:00")).containsExactly(hours(8, 9, 10, 11, 12, 13));
	}

	@Test
	void theyWaitNoLongerOnceTheyFillASegmentTogether() {
		List<Partition> hours = hours(8, 9, 10, 11, 12);

		assertThat(due(hours, Slices.ENOUGH_BYTES / 3 + 1, "12:00")).containsExactly(hours(8, 9, 10));
	}

	@Test
	void aQuietHourIsClosedWithTheBusyOneThatFollows() {
		List<Partition> hours = hours(8, 9);

		assertThat(slices(hours, (hour) -> hours(9).contains(hour) ? Slices.ENOUGH_BYTES : LITTLE, at("10:00")))
			.containsExactly(hours);
	}

	@Test
	void whatWaitsAtTheEndOfItsDayIsClosedAndDoesNotJoinTheNext() {
		List<Partition> hours = hours(22, 23);
		List<Partition> nextDay = List.of(hour(Table.SPAN, 30, DAY.plusDays(1), 0));
		List<Partition> both = Stream.concat(hours.stream(), nextDay.stream()).toList();

		assertThat(due(hours(22), LITTLE, "23:00")).isEmpty();
		assertThat(slices(both, (_) -> LITTLE, Instant.parse("2026-12-01T00:00:00Z"))).containsExactly(hours);
		assertThat(slices(both, (_) -> LITTLE, Instant.parse("2026-12-01T01:00:00Z"))).containsExactly(hours);
	}

	@Test
	void whatWasLeftOpenForADayIsClosedInPartsOfSixHoursAtMost() {
		List<Partition> hours = IntStream.range(0, 24).mapToObj((hour) -> hour(Table.SPAN, 30, DAY, hour)).toList();

		assertThat(slices(hours, (_) -> Slices.ENOUGH_BYTES / 10 + 1, Instant.parse("2026-12-02T00:00:00Z")))
			.containsExactly(hours.subList(0, 6), hours.subList(6, 12), hours.subList(12, 18), hours.subList(18, 24));
	}

	@Test
	void whatIsKeptForAnotherTimeIsClosedByItself() {
		Partition longer = hour(Table.SPAN, 90, DAY, 8);

		assertThat(slices(Stream.concat(hours(8).stream(), Stream.of(longer)).toList(), (_) -> Slices.ENOUGH_BYTES,
				at("09:00")))
			.containsExactlyInAnyOrder(hours(8), List.of(longer));
	}

	@Test
	void aDayOfAFormerReleaseIsClosedAsAWhole() {
		Partition day = hour(Table.SPAN, 30, DAY, null);

		assertThat(slices(List.of(day), (_) -> LITTLE, at("23:59"))).isEmpty();
		assertThat(slices(List.of(day), (_) -> LITTLE, Instant.parse("2026-12-01T00:00:00Z")))
			.containsExactly(List.of(day));
	}

	@Test
	void theHoursOfASliceCanBeToldApart() {
		assertThat(Slices.hours(hours(9, 8))).containsExactly(hours(8), hours(9));
	}

	private static List<List<Partition>> due(List<Partition> hours, long bytesOfAnHour, String until) {
		long bytes = bytesOfAnHour / 2 + 1;
		return slices(hours, (_) -> bytes, at(until));
	}

	private static List<List<Partition>> slices(List<Partition> partitions, ToLongFunction<Partition> bytes,
			Instant until) {
		return Slices.due(partitions, bytes, Slices.ENOUGH_BYTES, until);
	}

	/** Of two tables. */
	private static List<Partition> hours(int... hours) {
		return IntStream.of(hours)
			.boxed()
			.flatMap((hour) -> Stream.of(Table.LOG_RECORD, Table.SPAN).map((table) -> hour(table, 30, DAY, hour)))
			.toList();
	}

	private static Partition hour(Table table, int keptDays, LocalDate day, @Nullable Integer hour) {
		return new Partition(table, keptDays, day, hour);
	}

	private static Instant at(String time) {
		return Instant.parse(DAY + "T" + time + ":00Z");
	}

}
