package dev.whence.ingest.triage;

import dev.whence.model.Latency;
import dev.whence.model.LogRecord;
import dev.whence.model.MetricPoint;
import dev.whence.model.Problem;
import dev.whence.model.Severity;
import dev.whence.model.Signal;
import dev.whence.model.Span;
import dev.whence.model.SpanKind;
import org.jspecify.annotations.Nullable;

/**
 * Judges one signal by itself.
 * <p>
 * A log of level ERROR is HIGH, one of level CRITICAL or FATAL is CRITICAL, and a latency
 * metric of two seconds and more is HIGH, though it opens an incident by itself only
 * where it is part of a trace: of a series the worker knows what is usual. A failed span
 * without a parent is HIGH, because nobody above it can make up for it; a failed inner
 * span is MEDIUM (the worker raises it when its parent turns out to be missing), and so
 * is a warning that speaks of a failure. Everything else is LOW. Unlike the original, the
 * words are looked for in the message alone: {@code {"failover": false}} is no failure.
 */
public final class Triage {

	private static final int TITLE_LENGTH = 160;

	private final Severity threshold;

	/**
	 * @param threshold the least severity that is a problem at all
	 */
	public Triage(Severity threshold) {
		this.threshold = threshold;
	}

	/** The problem that the signal shows, or null when it shows none. */
	public @Nullable Problem judge(Signal signal) {
		Severity severity = severity(signal);
		if (!severity.isAtLeast(this.threshold)) {
			return null;
		}
		Thrown thrown = switch (signal) {
			case LogRecord log -> Thrown.in(log);
			case Span span -> Thrown.in(span);
			case MetricPoint _ -> null;
		};
		return new Problem(signal.signalId(), signal.type(), signal.traceId(), signal.serviceName(), signal.timestamp(),
				severity, fingerprint(signal, thrown), title(signal, thrown));
	}

	static Severity severity(Signal signal) {
		return switch (signal) {
			case LogRecord log -> LogSeverity.of(log);
			case Span span when span.failed() -> isEntry(span) ? Severity.HIGH : Severity.MEDIUM;
			case Span _ -> Severity.LOW;
			case MetricPoint point -> Latency.isSlow(point) ? Severity.HIGH : Severity.LOW;
		};
	}

	/**
	 * A job that calls out begins with its client span; sending a message fails softly.
	 */
	private static boolean isEntry(Span span) {
		return span.parentSpanId() == null && span.kind() != SpanKind.PRODUCER;
	}

	// An exception from a known place is the same whatever is written about it; otherwise
	// what is written tells.
	private static String fingerprint(Signal signal, @Nullable Thrown thrown) {
		return switch (signal) {
			case LogRecord log when thrown != null -> {
				boolean placed = !thrown.type().isEmpty() && !thrown.frame().isEmpty();
				yield Fingerprint.of(log.serviceName(), "log", thrown.type(), placed ? "" : Statement.of(log.message()),
						thrown.frame());
			}
			case Span span when thrown != null ->
				Fingerprint.of(span.serviceName(), "span", thrown.type(), span.name(), thrown.frame());
			case Signal other ->
				Fingerprint.of(other.serviceName(), "metric", (other instanceof MetricPoint point) ? point.name() : "");
		};
	}

	private static String title(Signal signal, @Nullable Thrown thrown) {
		String title = switch (signal) {
			case LogRecord log -> Statement.title(log.message());
			case Span span -> (span.name().isEmpty() ? "operation" : span.name()) + " failed"
					+ ((thrown == null || thrown.type().isEmpty()) ? "" : " with " + thrown.type());
			case MetricPoint point -> point.name() + " at least " + Latency.limit(point);
		};
		return (title.length() > TITLE_LENGTH) ? Statement.head(title, TITLE_LENGTH) + "…" : title;
	}

}
