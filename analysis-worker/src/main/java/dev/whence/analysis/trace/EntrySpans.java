package dev.whence.analysis.trace;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.whence.model.Problem;
import dev.whence.model.Severity;
import dev.whence.model.Signal;
import dev.whence.model.Span;
import dev.whence.model.SpanKind;
import org.jspecify.annotations.Nullable;

/**
 * Spans by which a request entered the system although they name a parent: it belongs to
 * a proxy or a caller that reports elsewhere, and never arrives. They are as severe as
 * roots.
 */
public final class EntrySpans {

	private EntrySpans() {
	}

	/**
	 * The problems, those of failed entry spans raised to {@link Severity#HIGH}.
	 * @param trace all signals of the trace that are stored; parents come later than
	 * their children, so ask when the trace has been quiet for a while
	 */
	public static List<Problem> raise(List<Problem> problems, List<Signal> trace) {
		Set<String> known = trace.stream()
			.filter(Span.class::isInstance)
			.map((span) -> ((Span) span).spanId())
			.collect(Collectors.toSet());
		Map<UUID, Signal> byId = new HashMap<>();
		trace.forEach((signal) -> byId.putIfAbsent(signal.signalId(), signal));
		return problems.stream()
			.map((problem) -> isEntry(byId.get(problem.signalId()), known) ? raised(problem) : problem)
			.toList();
	}

	private static boolean isEntry(@Nullable Signal signal, Set<String> known) {
		return signal instanceof Span span && (span.kind() == SpanKind.SERVER || span.kind() == SpanKind.CONSUMER)
				&& span.parentSpanId() != null && !known.contains(span.parentSpanId());
	}

	private static Problem raised(Problem problem) {
		return new Problem(problem.signalId(), problem.type(), problem.traceId(), problem.serviceName(),
				problem.timestamp(), problem.severity().escalate(Severity.HIGH), problem.fingerprint(),
				problem.title());
	}

}
