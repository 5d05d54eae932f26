package dev.whence.standalone.evaluate.data;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Where the recordings of one system lie when they are replayed. Everything moves by
 * whole days, so that the time of day stays:
 * <ul>
 * <li>Normal time comes before the faults it is the normal time of. Baseline files that
 * reach into or beyond their cases move to the last days before them, together.</li>
 * <li>Cases that begin with other baseline files than those before them, or before the
 * last one has ended, form a campaign; so does a case without a baseline that begins
 * within five minutes of the last one's end, for it would be told as the same incident. A
 * campaign with its baseline begins after the one before has ended, and moves for that if
 * it must. Within a campaign all distances stay.</li>
 * <li>All of it moves so that its last signal is an hour to a day and an hour old.</li>
 * </ul>
 */
public final class Timeline {

	private static final Duration DAY = Duration.ofDays(1);

	/** So old is the newest signal at least. */
	private static final Duration PAST = Duration.ofHours(1);

	/** Alerts that are closer belong to one flare of one incident. */
	private static final Duration APART = Duration.ofMinutes(5);

	private final Map<String, Long> cases = new HashMap<>();

	private final Map<Path, Long> baselines = new HashMap<>();

	private Timeline() {
	}

	/**
	 * Lays the cases of one system out.
	 * @param cases in the order of their faults, at least one
	 * @param extents of a file's signals
	 */
	public static Timeline of(List<FaultCase> cases, Function<Path, Extent> extents, Instant now) {
		Timeline timeline = new Timeline();
		long days = 0;
		Extent occupied = null;
		for (Campaign campaign : campaigns(cases)) {
			Extent faults = campaign.extent(extents);
			Extent normal = campaign.baseline(extents);
			long earlier = (normal != null && !normal.to().isBefore(faults.from()))
					? -wholeDays(faults.from(), normal.to()) - 1 : 0;
			Duration apart = (normal != null) ? Duration.ZERO : APART;
			Instant begins = (normal != null) ? earliest(faults.from(), normal.from().plus(days(earlier)))
					: faults.from();
			if (occupied != null && !begins.plus(days(days)).isAfter(occupied.to().plus(apart))) {
				days += wholeDays(begins.plus(days(days)), occupied.to().plus(apart)) + 1;
			}
			for (FaultCase fault : campaign.cases()) {
				timeline.cases.put(fault.id(), days);
			}
			for (Path file : campaign.files()) {
				timeline.baselines.put(file, days + earlier);
			}
			occupied = new Extent(begins.plus(days(days)), faults.to().plus(days(days)));
		}
		if (occupied != null) {
			long anchor = Math.floorDiv(Duration.between(occupied.to(), now.minus(PAST)).getSeconds(),
					DAY.getSeconds());
			timeline.cases.replaceAll((_, shift) -> shift + anchor);
			timeline.baselines.replaceAll((_, shift) -> shift + anchor);
		}
		return timeline;
	}

	/** By how much the signals of a case move. */
	public Duration shift(FaultCase fault) {
		return days(this.cases.getOrDefault(fault.id(), 0L));
	}

	/** By how much the signals of a baseline file move. */
	public Duration shift(Path baseline) {
		return days(this.baselines.getOrDefault(baseline, 0L));
	}

	/** By how much a recording moves whose last signal has this time. */
	public static Duration shift(Instant last, Instant now) {
		return days(Math.floorDiv(Duration.between(last, now.minus(PAST)).getSeconds(), DAY.getSeconds()));
	}

	private static List<Campaign> campaigns(List<FaultCase> cases) {
		List<Campaign> campaigns = new ArrayList<>();
		Set<Path> known = new HashSet<>();
		for (FaultCase fault : cases) {
			List<Path> files = fault.baseline().stream().filter(known::add).toList();
			if (campaigns.isEmpty() || !files.isEmpty() || follows(campaigns.getLast().cases().getLast(), fault)) {
				campaigns.add(new Campaign(new ArrayList<>(), files));
			}
			campaigns.getLast().cases().add(fault);
		}
		return campaigns;
	}

	/** Whether a fault would be taken for a part of the one before. */
	private static boolean follows(FaultCase last, FaultCase fault) {
		return fault.start().isBefore(fault.baseline().isEmpty() ? last.end().plus(APART) : last.end());
	}

	private static long wholeDays(Instant from, Instant to) {
		return Duration.between(from, to).toDays();
	}

	private static Instant earliest(Instant one, Instant other) {
		return one.isBefore(other) ? one : other;
	}

	private static Duration days(long days) {
		return Duration.ofDays(days);
	}

	/**
	 * Cases with one normal time.
	 *
	 * @param files the baseline that nobody before had
	 */
	private record Campaign(List<FaultCase> cases, List<Path> files) {

		Extent extent(Function<Path, Extent> extents) {
			Extent all = new Extent(this.cases.getFirst().start(), this.cases.getFirst().end());
			for (FaultCase fault : this.cases) {
				all = all.and(new Extent(fault.start(), fault.end())).and(extents.apply(fault.file()));
			}
			return all;
		}

		@Nullable Extent baseline(Function<Path, Extent> extents) {
			return this.files.stream().map(extents).reduce(Extent::and).orElse(null);
		}

	}

}
