package dev.whence.query.service;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.whence.model.LogRecord;
import dev.whence.model.ProjectId;
import dev.whence.query.service.ErrorSeries.Errors;
import dev.whence.query.service.ServiceDetail.Bucket;
import dev.whence.query.service.ServiceDetail.LogBucket;
import dev.whence.query.service.ServiceMap.Node;
import dev.whence.query.service.ServiceView.Services;
import dev.whence.store.rollup.CallTotals;
import dev.whence.store.rollup.DurationSketch;
import dev.whence.store.rollup.EdgeTotals;
import dev.whence.store.rollup.LogTotals;
import dev.whence.store.rollup.MinuteRange;
import dev.whence.store.rollup.OperationTotals;
import dev.whence.store.rollup.ServiceRollups;
import dev.whence.store.rollup.ServiceTotals;
import dev.whence.store.rollup.StepCalls;
import dev.whence.store.rollup.StepDurations;
import dev.whence.store.rollup.StepLogs;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Puts together what was counted of services and what befell them. */
@Component
class ServiceReports {

	/** Services, operations or edges of one answer. */
	static final int MOST = 1_000;

	/** Callers and callees of one service. */
	private static final int MOST_NEIGHBOURS = 200;

	/** Services whose errors are drawn beside each other. */
	private static final int MOST_SERIES = 100;

	private final ServiceRollups rollups;

	private final ServiceEvents events;

	private final Freshness freshness;

	ServiceReports(ServiceRollups rollups, ServiceEvents events, Freshness freshness) {
		this.rollups = rollups;
		this.events = events;
		this.freshness = freshness;
	}

	/** Every service with a span or log in the range. */
	Services services(ProjectId project, MinuteRange range) {
		Map<String, ServiceTotals> totals = byName(this.rollups.services(project, range, MOST + 1),
				ServiceTotals::service);
		Map<String, LogTotals> logs = byName(this.rollups.logs(project, range, LogRecord.FAILED, MOST + 1),
				LogTotals::service);
		Set<String> names = new LinkedHashSet<>(totals.keySet());
		names.addAll(logs.keySet());
		Instant watermark = this.freshness.watermark(project, range.from());
		Duration counted = counted(range, watermark);
		return new Services(names.stream()
			.limit(MOST)
			.map((name) -> ServiceView.of(name, totals.get(name), logs.get(name), counted))
			.toList(), range.from(), range.to(), watermark, names.size() > MOST);
	}

	/** One service; empty when nothing is kept of it, in the range or outside. */
	Optional<ServiceDetail> service(ProjectId project, MinuteRange range, String name) {
		List<StepDurations> steps = this.rollups.series(project, range, name);
		List<StepLogs> logs = this.rollups.logs(project, range, name);
		if (steps.isEmpty() && logs.isEmpty() && !this.rollups.knows(project, name)) {
			return Optional.empty();
		}
		Instant watermark = this.freshness.watermark(project, range.from());
		ServiceView figures = ServiceView.of(name, total(name, steps), logTotal(name, logs), counted(range, watermark));
		List<OperationTotals> operations = this.rollups.operations(project, range, name, MOST + 1);
		List<EdgeTotals> edges = this.rollups.edges(project, range, name, MOST_NEIGHBOURS + 1);
		return Optional.of(new ServiceDetail(name, figures.calls(), figures.errors(), figures.errorRate(),
				figures.ratePerSecond(), figures.p50Ms(), figures.p95Ms(), figures.p99Ms(), figures.logs(),
				figures.errorLogs(), figures.lastSeen(), range.from(), range.to(), watermark, seconds(range),
				series(range, steps), operations.stream().limit(MOST).map(OperationView::of).toList(),
				edges.stream().filter((edge) -> edge.callee().equals(name)).map(EdgeView::of).toList(),
				edges.stream().filter((edge) -> edge.caller().equals(name)).map(EdgeView::of).toList(),
				logSeries(range, logs), this.events.changes(project, name, range.from(), range.to()),
				this.events.openIncidents(project, name), operations.size() > MOST || edges.size() > MOST_NEIGHBOURS));
	}

	/** Who called whom. */
	ServiceMap map(ProjectId project, MinuteRange range) {
		List<ServiceTotals> totals = this.rollups.services(project, range, MOST + 1);
		List<EdgeTotals> edges = this.rollups.edges(project, range, null, MOST + 1);
		Map<String, Long> incidents = this.events.openIncidents(project);
		Map<String, CallTotals> nodes = new LinkedHashMap<>();
		totals.stream().limit(MOST).forEach((service) -> nodes.put(service.service(), service.served()));
		edges.stream().limit(MOST).forEach((edge) -> {
			nodes.putIfAbsent(edge.caller(), CallTotals.NONE);
			nodes.putIfAbsent(edge.callee(), CallTotals.NONE);
		});
		return new ServiceMap(
				nodes.entrySet()
					.stream()
					.map((node) -> Node.of(node.getKey(), node.getValue(), incidents.getOrDefault(node.getKey(), 0L)))
					.toList(),
				edges.stream().limit(MOST).map(EdgeView::of).toList(), range.from(), range.to(),
				this.freshness.watermark(project, range.from()), totals.size() > MOST || edges.size() > MOST);
	}

	/**
	 * Calls and errors over time, of the services with the most calls.
	 * @param service null for all
	 */
	ErrorSeries errors(ProjectId project, MinuteRange range, @Nullable String service) {
		Map<String, List<StepCalls>> byService = this.rollups.calls(project, range, service, MOST_SERIES + 1)
			.stream()
			.collect(Collectors.groupingBy(StepCalls::service, TreeMap::new, Collectors.toList()));
		return new ErrorSeries(seconds(range),
				byService.entrySet()
					.stream()
					.map((entry) -> Errors.of(entry.getKey(), range, entry.getValue()))
					.sorted(Comparator.comparingLong(Errors::calls).reversed())
					.limit(MOST_SERIES)
					.toList(),
				range.from(), range.to(), this.freshness.watermark(project, range.from()),
				byService.size() > MOST_SERIES);
	}

	private static @Nullable ServiceTotals total(String name, List<StepDurations> steps) {
		return steps.isEmpty() ? null
				: new ServiceTotals(name,
						new CallTotals(steps.stream().mapToLong((step) -> step.totals().calls()).sum(),
								steps.stream().mapToLong((step) -> step.totals().errors()).sum(),
								DurationSketch.merge(steps.stream().map((step) -> step.totals().durations()).toList())),
						steps.getLast().lastMinute());
	}

	private static @Nullable LogTotals logTotal(String name, List<StepLogs> logs) {
		return logs.isEmpty() ? null : new LogTotals(name, logs.stream().mapToLong(StepLogs::count).sum(),
				logs.stream()
					.filter((log) -> LogRecord.FAILED.contains(log.severity()))
					.mapToLong(StepLogs::count)
					.sum(),
				logs.stream().map(StepLogs::lastMinute).max(Comparator.naturalOrder()).orElseThrow());
	}

	private static List<Bucket> series(MinuteRange range, List<StepDurations> steps) {
		Map<Integer, CallTotals> byStep = steps.stream()
			.collect(Collectors.toMap(StepDurations::step, StepDurations::totals));
		return IntStream.range(0, range.steps()).mapToObj((step) -> {
			CallTotals totals = byStep.getOrDefault(step, CallTotals.NONE);
			return new Bucket(range.startOf(step), totals.calls(), totals.errors(),
					Figures.millis(totals.durations(), Figures.P50), Figures.millis(totals.durations(), Figures.P95),
					Figures.millis(totals.durations(), Figures.P99));
		}).toList();
	}

	private static List<LogBucket> logSeries(MinuteRange range, List<StepLogs> logs) {
		Map<Integer, Map<String, Long>> byStep = new TreeMap<>();
		logs.forEach(
				(log) -> byStep.computeIfAbsent(log.step(), (_) -> new TreeMap<>()).put(log.severity(), log.count()));
		return byStep.entrySet()
			.stream()
			.map((entry) -> new LogBucket(range.startOf(entry.getKey()), entry.getValue()))
			.toList();
	}

	/** What of a range can have been counted, and a minute at least. */
	private static Duration counted(MinuteRange range, Instant watermark) {
		Duration counted = Duration.between(range.from(), watermark.isBefore(range.to()) ? watermark : range.to());
		return (counted.toMinutes() >= 1) ? counted : Duration.ofMinutes(1);
	}

	private static long seconds(MinuteRange range) {
		return Duration.ofMinutes(range.step()).toSeconds();
	}

	private static <T> Map<String, T> byName(List<T> totals, Function<T, String> name) {
		return totals.stream().collect(Collectors.toMap(name, Function.identity(), (a, _) -> a, LinkedHashMap::new));
	}

}
