package dev.whence.analysis.detection;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.whence.analysis.scene.NormalHistory;
import dev.whence.analysis.statistics.Surprise;
import dev.whence.model.Latency;
import dev.whence.model.ProjectId;
import dev.whence.model.Severity;
import dev.whence.store.rollup.MetricRollup;
import dev.whence.store.rollup.Minutes;
import dev.whence.store.rollup.RollupReader;
import dev.whence.store.rollup.SeriesKey;

import org.springframework.stereotype.Component;

/**
 * Compares the latency series that have a point in a minute with what they were before.
 */
@Component
class SeriesComparison {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	/** Is read for every series that is slow, so that most are done with. */
	private static final Duration LATELY = Duration.ofHours(6);

	/**
	 * Is read for what is unusual by that measure: the same hour of other days is in it.
	 */
	private static final Duration EVER = Duration.ofDays(7);

	private static final int MAX_SERIES = 20_000;

	/** Read at once, about. */
	private static final int MAX_ROWS = 50_000;

	private final RollupReader rollups;

	private final NormalHistory history;

	SeriesComparison(RollupReader rollups, NormalHistory history) {
		this.rollups = rollups;
		this.history = history;
	}

	/**
	 * What deviates; empty when the minute holds no points.
	 * @param standings what deviated before, by fingerprint: since then nothing is
	 * learned of a series
	 */
	Optional<List<Deviation>> deviations(ProjectId project, Instant minute, Map<String, Standing> standings) {
		List<MetricRollup> now = this.rollups.metrics(project, Minutes.of(List.of(minute)), MAX_SERIES);
		if (now.isEmpty()) {
			return Optional.empty();
		}
		List<SeriesKey> slow = slow(project, now);
		List<SeriesKey> lately = List.copyOf(rising(project, slow, minute, LATELY, standings).keySet());
		Map<String, Deviation> strongest = new TreeMap<>();
		rising(project, lately, minute, EVER, standings).forEach((key, rise) -> {
			Deviation deviation = deviation(key, rise);
			strongest.merge(deviation.fingerprint(), deviation,
					(one, other) -> (one.strength() >= other.strength()) ? one : other);
		});
		return Optional.of(List.copyOf(strongest.values()));
	}

	private List<SeriesKey> slow(ProjectId project, Collection<MetricRollup> now) {
		Map<Long, Double> lows = new HashMap<>();
		now.stream().filter((rollup) -> rollup.min() > 0).forEach((rollup) -> lows.put(rollup.series(), rollup.min()));
		return lows.isEmpty() ? List.of()
				: this.rollups.series(project, lows.keySet())
					.stream()
					.filter((key) -> Latency.isLatency(key.kind(), key.name()))
					.filter((key) -> milliseconds(key, lows.getOrDefault(key.id(), 0.0)) >= SeriesLevels.FLOOR)
					.toList();
	}

	private Map<SeriesKey, SeriesLevels.Rise> rising(ProjectId project, List<SeriesKey> series, Instant minute,
			Duration reach, Map<String, Standing> standings) {
		Map<SeriesKey, SeriesLevels.Rise> rising = new HashMap<>();
		if (series.isEmpty()) {
			return rising;
		}
		Instant end = minute.plus(MINUTE);
		Predicate<Instant> normal = this.history.normalMinutes(project, minute.minus(reach), end);
		int most = Math.toIntExact(Math.max(1, MAX_ROWS / reach.toMinutes()));
		for (int from = 0; from < series.size(); from += most) {
			List<SeriesKey> some = series.subList(from, Math.min(from + most, series.size()));
			courses(project, some, Minutes.between(minute.minus(reach), end))
				.forEach((key, course) -> SeriesLevels.rise(course.lows(normal.and(before(key, standings))))
					.ifPresent((rise) -> rising.put(key, rise)));
		}
		return rising;
	}

	private static Predicate<Instant> before(SeriesKey key, Map<String, Standing> standings) {
		Standing standing = standings.get(Deviation.fingerprint(Deviation.Kind.SERIES, key.service(), "", key.name()));
		return (minute) -> standing == null || minute.isBefore(standing.since());
	}

	private Map<SeriesKey, Course> courses(ProjectId project, List<SeriesKey> series, Minutes minutes) {
		Map<Long, SeriesKey> keys = series.stream().collect(Collectors.toMap(SeriesKey::id, (key) -> key));
		Map<SeriesKey, Course> courses = new HashMap<>();
		for (MetricRollup rollup : this.rollups.metrics(project, keys.keySet(), minutes, 2 * MAX_ROWS)) {
			SeriesKey key = Objects.requireNonNull(keys.get(rollup.series()));
			courses.computeIfAbsent(key, (_) -> new Course(new ArrayList<>(), new ArrayList<>()))
				.add(rollup.minute(), milliseconds(key, rollup.min()));
		}
		return courses;
	}

	private static Deviation deviation(SeriesKey key, SeriesLevels.Rise rise) {
		double scale = Math.max(rise.before(), SeriesLevels.FLOOR);
		return new Deviation(Deviation.Kind.SERIES, key.service(), "", key.name(),
				(rise.now() >= Latency.SLOW) ? Severity.HIGH : Severity.MEDIUM,
				MINUTE.multipliedBy(SeriesLevels.RUN - 1L), Surprise.ofDeviation((rise.now() - rise.before()) / scale),
				"%s of %s: at least %.0f ms for %d points on end, never more than %.0f ms so long before"
					.formatted(key.name(), key.service(), rise.now(), SeriesLevels.RUN, rise.before()));
	}

	private static double milliseconds(SeriesKey key, double value) {
		return Latency.milliseconds(key.name(), key.unit(), value);
	}

	/** The smallest value of each minute with a point, oldest first. */
	private record Course(List<Instant> minutes, List<Double> lows) {

		void add(Instant minute, double low) {
			this.minutes.add(minute);
			this.lows.add(low);
		}

		/** Without what is not normal before the run that is looked at. */
		double[] lows(Predicate<Instant> normal) {
			int run = this.minutes.size() - SeriesLevels.RUN;
			return IntStream.range(0, this.minutes.size())
				.filter((i) -> i >= run || normal.test(this.minutes.get(i)))
				.mapToDouble(this.lows::get)
				.toArray();
		}

	}

}
