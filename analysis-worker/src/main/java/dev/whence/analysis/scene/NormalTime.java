package dev.whence.analysis.scene;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Chooses the pieces of normal time that an incident is compared with. Half are the
 * newest, because systems change; the others are spread over the whole history, because
 * what is normal differs between minutes, and that difference must be known.
 */
final class NormalTime {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	/** A shorter piece says too little. */
	private static final Duration SHORTEST = Duration.ofSeconds(20);

	private NormalTime() {
	}

	/**
	 * The pieces to compare with, oldest first.
	 * @param minutes the minutes that hold telemetry
	 * @param incidents other incidents; no part of them is normal
	 * @param doubtful incidents that may be the usual noise of a system: they are taken
	 * for normal where there is not enough else
	 * @param end where normal time ends at the latest
	 * @param most how many
	 */
	static List<Period> choose(Collection<Instant> minutes, Collection<Period> incidents, Collection<Period> doubtful,
			Instant end, int most) {
		List<Period> quiet = pieces(minutes, Stream.concat(incidents.stream(), doubtful.stream()).toList(), end);
		if (quiet.size() < most / 2) {
			quiet = pieces(minutes, incidents, end);
		}
		return spread(quiet, most);
	}

	private static List<Period> pieces(Collection<Instant> minutes, Collection<Period> troubled, Instant end) {
		return minutes.stream()
			.sorted()
			.filter((minute) -> minute.isBefore(end))
			.map((minute) -> new Period(minute, earlier(minute.plus(MINUTE), end)))
			.flatMap((minute) -> minute.without(troubled).stream())
			.filter((piece) -> piece.length().compareTo(SHORTEST) >= 0)
			.toList();
	}

	private static List<Period> spread(List<Period> all, int most) {
		if (all.size() <= most) {
			return all;
		}
		int newest = (most + 1) / 2;
		int older = all.size() - newest;
		List<Period> chosen = new ArrayList<>(all.subList(older, all.size()));
		int spread = most - newest;
		for (int i = 0; i < spread; i++) {
			chosen.add(all.get((int) ((long) i * older / spread)));
		}
		chosen.sort(Comparator.comparing(Period::from));
		return chosen;
	}

	private static Instant earlier(Instant one, Instant other) {
		return one.isBefore(other) ? one : other;
	}

}
