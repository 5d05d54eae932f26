package dev.whence.analysis.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.whence.model.LogRecord;
import dev.whence.model.MetricPoint;
import dev.whence.model.Problem;
import dev.whence.model.Signal;
import dev.whence.model.Span;
import org.jspecify.annotations.Nullable;

/**
 * One trace with trouble: which services failed, which of them failed because a service
 * they called had failed, and in which order.
 */
public final class FailedTrace {

	private static final int MAX_LINE = 200;

	private final String traceId;

	/** Oldest first. */
	private final List<Failure> failures;

	/** Per service that failed because of others: the services it called that failed. */
	private final Map<String, Set<String>> failedCallees;

	private final boolean hasCallTree;

	private FailedTrace(String traceId, List<Failure> failures, Map<String, Set<String>> failedCallees,
			boolean hasCallTree) {
		this.traceId = traceId;
		this.failures = failures;
		this.failedCallees = failedCallees;
		this.hasCallTree = hasCallTree;
	}

	/**
	 * @param problems what triage found in these signals
	 */
	public static FailedTrace of(String traceId, List<Signal> signals, List<Problem> problems) {
		Map<String, Span> spans = new HashMap<>();
		// Two spans may share an id, as client and server of one call do in Zipkin: the
		// one
		// that started first stands for both, whatever the order in which they are read.
		signals.stream()
			.filter(Span.class::isInstance)
			.map(Span.class::cast)
			.sorted(Comparator.comparing(Span::timestamp).thenComparing(Span::signalId))
			.forEach((span) -> spans.putIfAbsent(span.spanId(), span));
		Map<UUID, Signal> byId = signals.stream()
			.collect(Collectors.toMap(Signal::signalId, (signal) -> signal, (first, _) -> first));
		List<Failure> failures = new ArrayList<>();
		for (Problem problem : problems) {
			Signal signal = byId.get(problem.signalId());
			if (signal != null) {
				failures.add(failure(problem, signal, spans));
			}
		}
		failures.sort(Comparator.comparing(Failure::at).thenComparing(Failure::signalId));
		return new FailedTrace(traceId, failures, failedCallees(failures, spans), spans.size() > 1);
	}

	public String traceId() {
		return this.traceId;
	}

	public List<Failure> failures() {
		return this.failures;
	}

	/** Whether it is known who called whom. */
	public boolean hasCallTree() {
		return this.hasCallTree;
	}

	/** The failing services, in the order in which their failures showed. */
	public Set<String> services() {
		return this.failures.stream().map(Failure::service).collect(Collectors.toCollection(LinkedHashSet::new));
	}

	/**
	 * Where the trouble began, as far as this trace tells: the failing services of which
	 * no callee failed; without a call tree, or where services call each other in a
	 * circle, the one that failed first.
	 */
	public Set<String> origins() {
		Set<String> deepest = this.hasCallTree ? deepest() : Set.of();
		return deepest.isEmpty() ? services().stream().limit(1).collect(Collectors.toSet()) : deepest;
	}

	private Set<String> deepest() {
		Set<String> deepest = new LinkedHashSet<>(services());
		deepest.removeAll(this.failedCallees.keySet());
		return deepest;
	}

	/** The failing services that this one called, directly or not. */
	public Set<String> failedCallees(String service) {
		return this.failedCallees.getOrDefault(service, Set.of());
	}

	private static Failure failure(Problem problem, Signal signal, Map<String, Span> spans) {
		return switch (signal) {
			case Span span -> new Failure(span.signalId(), span.serviceName(), span.name(), span.endTime(),
					span.spanId(), problem.title(), problem.title());
			case LogRecord log -> {
				Span within = (log.spanId() != null) ? spans.get(log.spanId()) : null;
				yield new Failure(log.signalId(), log.serviceName(), (within != null) ? within.name() : "",
						log.timestamp(), log.spanId(), problem.title(), firstLine(log.message()));
			}
			case MetricPoint point -> new Failure(point.signalId(), point.serviceName(), "", point.timestamp(), null,
					problem.title(), problem.title());
		};
	}

	private static String firstLine(String message) {
		String line = message.lines().findFirst().orElse("");
		return (line.length() > MAX_LINE) ? line.substring(0, MAX_LINE) + "…" : line;
	}

	// Walks up from each failed span: every failing service above it failed after, or
	// because of, it.
	private static Map<String, Set<String>> failedCallees(List<Failure> failures, Map<String, Span> spans) {
		Set<String> failing = failures.stream().map(Failure::service).collect(Collectors.toSet());
		Map<String, Set<String>> callees = new LinkedHashMap<>();
		for (Failure failure : failures) {
			Span span = (failure.spanId() != null) ? spans.get(failure.spanId()) : null;
			Set<String> passed = new HashSet<>();
			while (span != null && passed.add(span.spanId())) {
				span = parent(span, spans);
				if (span != null && !span.serviceName().equals(failure.service())
						&& failing.contains(span.serviceName())) {
					callees.computeIfAbsent(span.serviceName(), (_) -> new LinkedHashSet<>()).add(failure.service());
				}
			}
		}
		return callees;
	}

	private static @Nullable Span parent(Span span, Map<String, Span> spans) {
		return (span.parentSpanId() != null) ? spans.get(Objects.requireNonNull(span.parentSpanId())) : null;
	}

}
