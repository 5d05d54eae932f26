package dev.whence.store.rollup;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.whence.model.LogRecord;
import dev.whence.model.MetricPoint;
import dev.whence.model.Signal;
import dev.whence.model.Span;
import dev.whence.model.SpanKind;

/** Counts signals in the plainest way, to compare with what the database counted. */
final class Recount {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private final List<Signal> signals;

	Recount(List<? extends Signal> signals) {
		this.signals = List.copyOf(signals);
	}

	List<MinuteTotals> totals() {
		return grouped(this.signals, Recount::minute).entrySet()
			.stream()
			.map((entry) -> new MinuteTotals(entry.getKey(), of(Span.class, entry.getValue()).size(),
					of(Span.class, entry.getValue()).stream().filter(Span::failed).count(),
					of(LogRecord.class, entry.getValue()).size(),
					of(MetricPoint.class, entry.getValue()).stream().filter(Recount::isNumber).count()))
			.filter((totals) -> totals.spans() + totals.logs() + totals.points() > 0)
			.toList();
	}

	List<SpanRollup> spans() {
		return grouped(of(Span.class, this.signals),
				(span) -> List.of(minute(span), span.serviceName(), span.name(), span.kind()))
			.values()
			.stream()
			.map((some) -> new SpanRollup(minute(some.getFirst()), some.getFirst().serviceName(),
					some.getFirst().name(), some.getFirst().kind(), some.size(),
					some.stream().filter(Span::failed).count(),
					some.stream().map(Span::duration).reduce(Duration.ZERO, Duration::plus), sketch(some)))
			.toList();
	}

	List<EdgeRollup> edges() {
		List<Edge> edges = new ArrayList<>();
		List<Span> spans = of(Span.class, this.signals);
		for (Span child : spans) {
			List<Span> near = spans.stream()
				.filter((span) -> span.traceId().equals(child.traceId()))
				.filter((span) -> minute(span).equals(minute(child)) || minute(span).plus(MINUTE).equals(minute(child)))
				.sorted(Comparator.comparing(Span::timestamp))
				.toList();
			Span half = near.stream()
				.filter((span) -> span.spanId().equals(child.spanId()) && span.kind() == SpanKind.CLIENT
						&& child.kind() == SpanKind.SERVER && !span.serviceName().equals(child.serviceName()))
				.findFirst()
				.orElse(null);
			List<Span> parents = near.stream().filter((span) -> span.spanId().equals(child.parentSpanId())).toList();
			if (half != null) {
				edges.add(new Edge(half, child));
			}
			else if (parents.stream().noneMatch((span) -> span.serviceName().equals(child.serviceName()))) {
				parents.stream()
					.min(Comparator.comparing((span) -> span.kind() == SpanKind.CLIENT))
					.ifPresent((parent) -> edges.add(new Edge(parent, child)));
			}
		}
		return grouped(edges,
				(edge) -> List.of(minute(edge.child), edge.parent.serviceName(), edge.child.serviceName()))
			.values()
			.stream()
			.map((some) -> new EdgeRollup(minute(some.getFirst().child), some.getFirst().parent.serviceName(),
					some.getFirst().child.serviceName(), some.size(),
					some.stream().filter((edge) -> edge.child.failed()).count(),
					sketch(some.stream().map(Edge::child).toList()),
					DurationSketch.of(some.stream()
						.filter((edge) -> edge.parent.kind() == SpanKind.CLIENT)
						.mapToLong((edge) -> edge.parent.duration().minus(edge.child.duration()).toNanos())
						.toArray())))
			.toList();
	}

	List<LogRollup> logs() {
		return grouped(of(LogRecord.class, this.signals),
				(log) -> List.of(minute(log), log.serviceName(), log.level().toUpperCase(Locale.ROOT)))
			.values()
			.stream()
			.map((some) -> new LogRollup(minute(some.getFirst()), some.getFirst().serviceName(),
					some.getFirst().level().toUpperCase(Locale.ROOT), some.size()))
			.toList();
	}

	/** For each minute and series, by service, name and attributes. */
	Map<String, MetricRollup> metrics() {
		Map<String, MetricRollup> found = new TreeMap<>();
		grouped(of(MetricPoint.class, this.signals).stream().filter(Recount::isNumber).toList(),
				(point) -> List.of(minute(point), point.serviceName(), point.name(), point.attributes()))
			.forEach((key, some) -> {
				double[] sorted = some.stream().mapToDouble(MetricPoint::value).sorted().toArray();
				double sum = 0;
				for (double value : sorted) {
					sum += value;
				}
				double last = some.stream().max(Comparator.comparing(MetricPoint::timestamp)).orElseThrow().value();
				found.put(key.toString(), new MetricRollup(0, minute(some.getFirst()), sorted.length, sum, sorted[0],
						sorted[sorted.length - 1], last, samples(sorted)));
			});
		return found;
	}

	static Instant minute(Signal signal) {
		return Minutes.floor(signal.timestamp());
	}

	private static double[] samples(double[] sorted) {
		if (sorted.length <= 8) {
			return sorted;
		}
		double[] some = new double[8];
		for (int i = 0; i < 8; i++) {
			some[i] = sorted[(int) Math.round(i * (sorted.length - 1) / 7.0)];
		}
		return some;
	}

	private static boolean isNumber(MetricPoint point) {
		return point.value() != null && Double.isFinite(point.value());
	}

	private static DurationSketch sketch(List<Span> spans) {
		return DurationSketch.of(spans.stream().mapToLong((span) -> span.duration().toNanos()).toArray());
	}

	private static <T extends Signal> List<T> of(Class<T> type, List<Signal> signals) {
		return signals.stream().filter(type::isInstance).map(type::cast).toList();
	}

	/** In the order of the first minute, then whichever. */
	private static <K, T> Map<K, List<T>> grouped(List<T> items, Function<T, K> key) {
		return items.stream()
			.collect(Collectors.groupingBy(key, () -> new TreeMap<>(Comparator.comparing(Object::toString)),
					Collectors.toList()));
	}

	private record Edge(Span parent, Span child) {
	}

}
