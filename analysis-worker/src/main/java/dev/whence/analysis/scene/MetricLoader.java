package dev.whence.analysis.scene;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

import dev.whence.analysis.evidence.MetricSeries;
import dev.whence.analysis.evidence.MetricSeries.Sample;
import dev.whence.model.MetricKind;
import dev.whence.model.MetricPoint;
import dev.whence.model.ProjectId;
import dev.whence.model.Signal;
import dev.whence.model.SignalType;
import dev.whence.store.SignalReader;
import dev.whence.store.rollup.MetricRollup;
import dev.whence.store.rollup.Minutes;
import dev.whence.store.rollup.RollupReader;
import dev.whence.store.rollup.SeriesKey;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Loads the metric series that have points in a window, each with what was measured in
 * normal minutes. Sums are left out: most of them only ever grow, and a total says
 * nothing without the time it was gathered in.
 */
@Component
class MetricLoader {

	/**
	 * What came just before the window shows the onset, and is not counted per minute
	 * yet.
	 */
	private static final Duration LEAD = Duration.ofMinutes(15);

	private static final int MAX_POINTS = 60_000;

	private static final int MAX_SERIES = 20_000;

	/** Normal minutes, and rows of them, that are read at most. */
	private static final int NORMAL_MINUTES = 120;

	private static final int MAX_NORMAL = 150_000;

	private final SignalReader signals;

	private final RollupReader rollups;

	MetricLoader(SignalReader signals, RollupReader rollups) {
		this.signals = signals;
		this.rollups = rollups;
	}

	/**
	 * The series, in the order of their names.
	 */
	List<MetricSeries> load(ProjectId project, Period window, NormalHistory.Normal time) {
		Map<Identity, List<MetricPoint>> points = new TreeMap<>();
		Predicate<Instant> reported = time.reported();
		for (Signal signal : recent(project, window)) {
			// What came before the window may be the end of another incident.
			if (signal instanceof MetricPoint point && point.kind() != MetricKind.SUM && point.value() != null
					&& (!point.timestamp().isBefore(window.from()) || !reported.test(point.timestamp()))) {
				points.computeIfAbsent(Identity.of(point), (_) -> new ArrayList<>()).add(point);
			}
		}
		points.values().removeIf((some) -> some.getLast().timestamp().isBefore(window.from()));
		if (points.isEmpty()) {
			return List.of();
		}
		Instant counted = window.from().minus(LEAD);
		Map<Identity, List<double[]>> normal = normal(project, points.keySet(),
				time.minutesWithPoints(NORMAL_MINUTES).stream().filter((minute) -> minute.isBefore(counted)).toList());
		return points.entrySet()
			.stream()
			.map((series) -> series(series.getKey(), series.getValue(), normal.getOrDefault(series.getKey(), List.of()),
					time.end()))
			.toList();
	}

	private List<Signal> recent(ProjectId project, Period window) {
		List<Signal> recent = this.signals.between(project, window.from().minus(LEAD), window.to(),
				Set.of(SignalType.METRIC), MAX_POINTS);
		if (recent.size() < MAX_POINTS) {
			return recent;
		}
		// Too many for the whole time: then the minutes around the onset.
		return this.signals.between(project, window.from().minus(Duration.ofMinutes(1)), window.to(),
				Set.of(SignalType.METRIC), MAX_POINTS);
	}

	private Map<Identity, List<double[]>> normal(ProjectId project, Set<Identity> wanted, Collection<Instant> minutes) {
		Map<Long, Identity> ids = new HashMap<>();
		for (SeriesKey key : this.rollups.series(project, MAX_SERIES)) {
			Identity identity = Identity.of(key);
			if (wanted.contains(identity)) {
				ids.put(key.id(), identity);
			}
		}
		Map<Identity, List<double[]>> normal = new HashMap<>();
		if (ids.isEmpty() || minutes.isEmpty()) {
			return normal;
		}
		for (MetricRollup rollup : this.rollups.metrics(project, ids.keySet(), Minutes.of(minutes), MAX_NORMAL)) {
			normal.computeIfAbsent(Objects.requireNonNull(ids.get(rollup.series())), (_) -> new ArrayList<>())
				.add(rollup.samples());
		}
		return normal;
	}

	private static MetricSeries series(Identity identity, List<MetricPoint> points, List<double[]> normal,
			Instant normalEnd) {
		DoubleStream lately = points.stream()
			.filter((point) -> point.timestamp().isBefore(normalEnd))
			.mapToDouble(MetricLoader::value);
		double[] all = DoubleStream.concat(normal.stream().flatMapToDouble(Arrays::stream), lately).toArray();
		List<Sample> current = points.stream()
			.map((point) -> new Sample(point.timestamp(), value(point), point.signalId()))
			.toList();
		return new MetricSeries(identity.service(), identity.name(), identity.source(), identity.target(),
				identity.unit(), all, current);
	}

	private static double value(MetricPoint point) {
		return Objects.requireNonNull(point.value(), "points without a value are left out");
	}

	/**
	 * What tells series apart.
	 *
	 * @param rest the other attributes and where it runs, as text
	 */
	private record Identity(String service, String name, String source, String target, String unit,
			String rest) implements Comparable<Identity> {

		static Identity of(MetricPoint point) {
			return of(point.serviceName(), point.name(), point.unit(), point.attributes(), point.resource());
		}

		static Identity of(SeriesKey key) {
			return of(key.service(), key.name(), key.unit(), key.attributes(), key.resource());
		}

		private static Identity of(String service, String name, String unit, Map<String, @Nullable Object> attributes,
				Map<String, @Nullable Object> resource) {
			Map<String, @Nullable Object> rest = new TreeMap<>(attributes);
			String source = Whereabouts.caller(attributes);
			String target = Whereabouts.callee(attributes);
			return new Identity(service, name, source, target, unit, rest + Whereabouts.instance(attributes, resource));
		}

		@Override
		public int compareTo(Identity other) {
			return Stream
				.of(this.service.compareTo(other.service), this.name.compareTo(other.name),
						this.source.compareTo(other.source), this.target.compareTo(other.target),
						this.unit.compareTo(other.unit), this.rest.compareTo(other.rest))
				.filter((order) -> order != 0)
				.findFirst()
				.orElse(0);
		}

	}

}
