package dev.whence.query.metric;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.whence.model.MetricKind;
import dev.whence.model.MetricPoint;
import dev.whence.model.ProjectId;
import dev.whence.model.SignalType;
import dev.whence.model.search.Expression;
import dev.whence.model.search.Field;
import dev.whence.query.metric.MetricNames.MeasuredMetric;
import dev.whence.query.metric.MetricNames.MetricService;
import dev.whence.query.metric.MetricSeries.MeasuredSeries;
import dev.whence.query.search.SearchGate;
import dev.whence.query.service.Freshness;
import dev.whence.store.SearchQuestion;
import dev.whence.store.SignalSearch;
import dev.whence.store.rollup.MetricName;
import dev.whence.store.rollup.MetricRollups;
import dev.whence.store.rollup.MinuteRange;
import dev.whence.store.rollup.SeriesKey;
import dev.whence.store.rollup.StepPoints;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Puts together what was counted of metrics. */
@Component
class MetricReports {

	/** Metrics or services of one answer. */
	static final int MOST = 1_000;

	/** Series that are drawn beside each other. */
	static final int MOST_SERIES = 20;

	/** Minutes of series that one answer is made of. */
	private static final long MOST_MINUTES = 300_000;

	private final MetricRollups rollups;

	private final SignalSearch search;

	private final SearchGate gate;

	private final Freshness freshness;

	MetricReports(MetricRollups rollups, SignalSearch search, SearchGate gate, Freshness freshness) {
		this.rollups = rollups;
		this.search = search;
		this.gate = gate;
		this.freshness = freshness;
	}

	MetricNames names(ProjectId project, @Nullable String service, @Nullable String text) {
		List<MetricName> names = this.rollups.names(project, service, text, MOST + 1);
		Map<String, Long> services = this.rollups.services(project, MOST + 1);
		return new MetricNames(names.stream().limit(MOST).map(MeasuredMetric::of).toList(),
				services.entrySet()
					.stream()
					.limit(MOST)
					.map((entry) -> new MetricService(entry.getKey(), entry.getValue()))
					.toList(),
				names.size() > MOST || services.size() > MOST);
	}

	/**
	 * The series of one metric; empty when nothing is kept of it since the range began.
	 */
	Optional<MetricSeries> series(ProjectId project, MinuteRange range, String service, String name,
			SeriesFilter filter) {
		List<SeriesKey> all = this.rollups.series(project, range, service, name);
		if (all.isEmpty()) {
			return Optional.empty();
		}
		List<SeriesKey> wanted = all.stream().filter(filter::accepts).toList();
		long most = Math.max(MOST_SERIES / 4, MOST_MINUTES / range.duration().toMinutes());
		List<SeriesKey> examined = wanted.stream().limit(most).toList();
		Map<Long, List<StepPoints>> points = this.rollups
			.points(project, range, examined.stream().map(SeriesKey::id).toList())
			.stream()
			.collect(Collectors.groupingBy(StepPoints::series));
		Instant watermark = this.freshness.watermark(project, range.from());
		SeriesKey first = all.getFirst();
		Reading reading = reading(project, first, points);
		List<MeasuredSeries> series = examined.stream()
			.map((key) -> new Measured(key, points.getOrDefault(key.id(), List.of())))
			.filter((measured) -> !measured.steps().isEmpty())
			.sorted(Comparator.comparingLong(Measured::count).reversed())
			.limit(MOST_SERIES)
			.map((measured) -> MeasuredSeries.of(measured.key(), measured.steps(), reading, range, watermark))
			.toList();
		return Optional.of(new MetricSeries(service, name, MetricSeries.kind(first), first.unit(), reading.isRate(),
				Duration.ofMinutes(range.step()).toSeconds(), series, SeriesFilter.choices(all), range.from(),
				range.to(), watermark, wanted.size() > examined.size() || points.size() > MOST_SERIES));
	}

	/**
	 * Whether a sum is a running total does not tell its series apart and so is not
	 * counted with them: its latest point says it.
	 */
	private Reading reading(ProjectId project, SeriesKey key, Map<Long, List<StepPoints>> points) {
		if (key.kind() != MetricKind.SUM) {
			return Reading.VALUE;
		}
		return points.values()
			.stream()
			.map((steps) -> steps.getLast().lastMinute())
			.max(Comparator.naturalOrder())
			.map((minute) -> new SearchQuestion(Set.of(SignalType.METRIC),
					Expression.allOf(List.of(new Expression.TextIs(Field.Own.SERVICE, key.service(), false),
							new Expression.TextIs(Field.Own.NAME, key.name(), false))),
					minute, minute.plus(Duration.ofMinutes(1)).minusNanos(1), true))
			.flatMap((question) -> this.gate.pass((budget) -> this.search.page(project, question, 1, budget))
				.signals()
				.stream()
				.findFirst())
			.map((signal) -> Reading.ofSum(((MetricPoint) signal).details()))
			.orElse(Reading.VALUE);
	}

	private record Measured(SeriesKey key, List<StepPoints> steps) {

		long count() {
			return this.steps.stream().mapToLong(StepPoints::count).sum();
		}

	}

}
