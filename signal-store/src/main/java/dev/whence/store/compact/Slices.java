package dev.whence.store.compact;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

import dev.whence.store.partition.Partition;

/**
 * What of the partitions is to be closed now, and what of that together. Every segment
 * costs those who search a look, so hours in which little happened wait for the next ones
 * and become one.
 */
final class Slices {

	/**
	 * What fills most of a segment: 65,536 rows of 450 bytes, as tables have them, are 28
	 * MiB.
	 */
	static final long ENOUGH_BYTES = 24L << 20;

	/** How much time lies between the first of the rows and the last, at most. */
	static final Duration LONGEST = Duration.ofHours(6);

	private final ToLongFunction<Partition> bytes;

	private final long enough;

	private final Instant until;

	private final List<List<Partition>> due = new ArrayList<>();

	private List<Partition> waiting = new ArrayList<>();

	private Slices(ToLongFunction<Partition> bytes, long enough, Instant until) {
		this.bytes = bytes;
		this.enough = enough;
		this.until = until;
	}

	/**
	 * Partitions that are closed together are kept equally long and of one day, because
	 * that is how segments end.
	 * @param bytes what a partition takes
	 * @param enough of so many bytes hours do not wait for others
	 * @param until what ended then is over
	 * @return oldest first
	 */
	static List<List<Partition>> due(Collection<Partition> partitions, ToLongFunction<Partition> bytes, long enough,
			Instant until) {
		Map<Integer, Map<Instant, List<Partition>>> over = partitions.stream()
			.filter((partition) -> partition.day() != null && !partition.to().isAfter(until))
			.collect(Collectors.groupingBy((partition) -> Objects.requireNonNull(partition.keptDays()),
					Collectors.groupingBy(Partition::from, TreeMap::new, Collectors.toList())));
		List<List<Partition>> due = new ArrayList<>();
		for (Map<Instant, List<Partition>> equallyLong : over.values()) {
			Slices slices = new Slices(bytes, enough, until);
			equallyLong.values().forEach(slices::add);
			due.addAll(slices.end());
		}
		due.sort(Comparator.comparing((slice) -> slice.getFirst().from()));
		return due;
	}

	/** What of a slice is of the same hour, oldest first. */
	static List<List<Partition>> hours(List<Partition> slice) {
		return List.copyOf(slice.stream()
			.collect(Collectors.groupingBy(Partition::from, TreeMap::new, Collectors.toList()))
			.values());
	}

	/**
	 * @param period partitions of the same hour or day
	 */
	private void add(List<Partition> period) {
		Partition one = period.getFirst();
		if (!this.waiting.isEmpty() && !mayJoin(this.waiting.getFirst(), one)) {
			closeWaiting();
		}
		this.waiting.addAll(period);
		if (one.hour() == null || this.waiting.stream().mapToLong(this.bytes).sum() >= this.enough) {
			closeWaiting();
		}
	}

	private static boolean mayJoin(Partition first, Partition one) {
		return Objects.equals(first.day(), one.day()) && one.from().isBefore(first.from().plus(LONGEST));
	}

	private List<List<Partition>> end() {
		if (!this.waiting.isEmpty() && (isAtTheEndOfItsDay() || hasWaitedForLong())) {
			closeWaiting();
		}
		return this.due;
	}

	private boolean isAtTheEndOfItsDay() {
		return this.waiting.getLast().to().atOffset(ZoneOffset.UTC).getHour() == 0;
	}

	private boolean hasWaitedForLong() {
		return !this.waiting.getFirst().from().plus(LONGEST).isAfter(this.until);
	}

	private void closeWaiting() {
		this.due.add(this.waiting);
		this.waiting = new ArrayList<>();
	}

}
