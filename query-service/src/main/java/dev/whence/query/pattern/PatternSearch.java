package dev.whence.query.pattern;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.whence.model.LogMask;
import dev.whence.model.LogRecord;
import dev.whence.model.ProjectId;
import dev.whence.model.SignalType;
import dev.whence.query.pattern.PatternView.Patterns;
import dev.whence.store.SignalFilter;
import dev.whence.store.SignalReader;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Counts patterns by reading stored logs: of each of {@value #SLICES} slices of the range
 * the newest {@value #READ}, so that the cost does not grow with the range. Where a slice
 * holds more, its counts are scaled.
 */
@Component
class PatternSearch {

	static final int SLICES = 12;

	static final int READ = 500;

	/** Lines of a slice are counted no further. */
	private static final long COUNTED = 100_000;

	private static final int EXAMPLES = 3;

	private final SignalReader signals;

	private final PatternQueries queries;

	PatternSearch(SignalReader signals, PatternQueries queries) {
		this.signals = signals;
		this.queries = queries;
	}

	Patterns search(ProjectId project, @Nullable String service, @Nullable String level, Instant from, Instant to,
			int limit) {
		Duration slice = Duration.between(from, to).dividedBy(SLICES);
		List<Line> lines = new ArrayList<>();
		long total = 0;
		for (int i = 0; i < SLICES; i++) {
			Instant begin = from.plus(slice.multipliedBy(i));
			Instant end = (i == SLICES - 1) ? to : begin.plus(slice).minusNanos(1);
			SignalFilter filter = new SignalFilter(null, service, SignalType.LOG, begin, end);
			List<LogRecord> read = this.signals.search(project, filter, READ, 0)
				.stream()
				.map(LogRecord.class::cast)
				.toList();
			long stored = (read.size() < READ) ? read.size() : this.signals.count(project, filter, COUNTED);
			total += stored;
			for (LogRecord log : read) {
				lines.add(new Line(log, LogMask.of(log.message()), i, (double) stored / read.size()));
			}
		}
		List<PatternView> items = patterns(project, lines, level).stream()
			.sorted(Comparator.comparingLong(PatternView::count)
				.reversed()
				.thenComparing(PatternView::service)
				.thenComparing(PatternView::id))
			.limit(limit)
			.toList();
		return new Patterns(items, from, to, slice.toNanos() / 1e9, lines.size(), total, lines.size() == total);
	}

	private List<PatternView> patterns(ProjectId project, List<Line> lines, @Nullable String level) {
		Map<String, List<Line>> byService = lines.stream()
			.filter((line) -> level == null || line.log().level().equalsIgnoreCase(level))
			.collect(Collectors.groupingBy((line) -> line.log().serviceName(), TreeMap::new, Collectors.toList()));
		List<PatternView> patterns = new ArrayList<>();
		byService.forEach((service, its) -> {
			Set<String> masked = its.stream().map(Line::masked).collect(Collectors.toSet());
			Templates templates = Templates.of(this.queries, project, service, masked);
			its.stream()
				.collect(Collectors.groupingBy((line) -> templates.get(line.masked()).id()))
				.values()
				.forEach((some) -> patterns.add(pattern(templates.get(some.getFirst().masked()), service, some)));
		});
		return patterns;
	}

	private static PatternView pattern(KnownTemplate template, String service, List<Line> lines) {
		double[] trend = new double[SLICES];
		Map<String, Double> levels = new TreeMap<>();
		for (Line line : lines) {
			trend[line.slice()] += line.weight();
			levels.merge(line.log().level(), line.weight(), Double::sum);
		}
		List<LogRecord> newest = lines.stream()
			.map(Line::log)
			.sorted(Comparator.comparing(LogRecord::timestamp).reversed().thenComparing(LogRecord::signalId))
			.toList();
		Instant first = newest.getLast().timestamp();
		Instant last = newest.getFirst().timestamp();
		List<Long> rounded = new ArrayList<>();
		for (double count : trend) {
			rounded.add(Math.round(count));
		}
		List<UUID> examples = newest.stream().limit(EXAMPLES).map(LogRecord::signalId).toList();
		return new PatternView(template.id(), template.text(), service,
				Math.round(lines.stream().mapToDouble(Line::weight).sum()),
				levels.entrySet()
					.stream()
					.collect(Collectors.toMap(Map.Entry::getKey, (e) -> Math.round(e.getValue()), (a, _) -> a,
							TreeMap::new)),
				(template.firstSeen() != null && template.firstSeen().isBefore(first)) ? template.firstSeen() : first,
				(template.lastSeen() != null && template.lastSeen().isAfter(last)) ? template.lastSeen() : last,
				examples, rounded);
	}

	/**
	 * A line that was read.
	 *
	 * @param weight how many stored lines it stands for
	 */
	private record Line(LogRecord log, String masked, int slice, double weight) {
	}

}
