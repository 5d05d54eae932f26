package dev.whence.analysis.behaviour;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import dev.whence.model.LogRecord;
import dev.whence.model.Signal;
import dev.whence.model.Span;
import dev.whence.model.TraceId;
import org.jspecify.annotations.Nullable;

/**
 * Puts spans and log records together. Whatever the order in which the signals come, the
 * executions are the same, the earliest first. Of spans that share an id, the one that
 * started first stands for the others as a parent; spans that would be their own
 * ancestors are cut loose.
 */
final class Executions {

	private static final Set<String> ERROR_LEVELS = Set.of("ERROR", "FATAL", "CRITICAL", "SEVERE", "EMERGENCY",
			"ALERT");

	private final List<Execution> all = new ArrayList<>();

	private final Map<Place, Execution> byPlace = new HashMap<>();

	private Executions() {
	}

	private record Place(TraceId trace, String spanId) {
	}

	static List<Execution> of(Collection<? extends Signal> signals, Function<LogRecord, String> statement) {
		Executions executions = new Executions();
		signals.stream()
			.filter(Span.class::isInstance)
			.map(Span.class::cast)
			.sorted(Comparator.comparing(Span::timestamp).thenComparing(Span::signalId))
			.forEach(executions::add);
		executions.link();
		for (Signal signal : signals) {
			if (signal instanceof LogRecord log) {
				executions.add(log, statement);
			}
		}
		executions.all.forEach(Execution::settle);
		return List.copyOf(executions.all);
	}

	private void add(Span span) {
		Execution execution = new Execution(span);
		this.all.add(execution);
		this.byPlace.putIfAbsent(new Place(span.traceId(), span.spanId()), execution);
	}

	private void link() {
		Set<Execution> rooted = new HashSet<>();
		for (Execution execution : this.all) {
			Set<Execution> line = new HashSet<>();
			Execution next = execution;
			while (next != null && line.add(next) && rooted.add(next)) {
				Execution parent = parent(next);
				if (parent != null && !line.contains(parent)) {
					next.becomeChildOf(parent);
				}
				next = parent;
			}
		}
		this.all.forEach(Execution::orderChildren);
	}

	private @Nullable Execution parent(Execution execution) {
		String parent = execution.span().parentSpanId();
		return (parent != null) ? this.byPlace.get(new Place(execution.span().traceId(), parent)) : null;
	}

	private void add(LogRecord log, Function<LogRecord, String> statement) {
		String spanId = spanId(log);
		if (log.traceId() == null || spanId == null) {
			return;
		}
		Execution execution = this.byPlace.get(new Place(log.traceId(), spanId));
		if (execution != null) {
			Instant at = log.timestamp();
			boolean error = ERROR_LEVELS.contains(log.level().toUpperCase(Locale.ROOT));
			execution.pass(new Execution.Event(at, Step.statement(statement.apply(log)), log.signalId(), error, null));
		}
	}

	private static @Nullable String spanId(LogRecord log) {
		if (log.spanId() != null) {
			return log.spanId();
		}
		return (log.attributes().get("span_id") instanceof String attribute) ? attribute : null;
	}

}
