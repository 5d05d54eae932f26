package dev.whence.ingest.triage;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
 * A log of level ERROR, CRITICAL or FATAL is HIGH, and so is a latency metric of 2000 and
 * more (both as in the original service). A failed span that entered the system is HIGH,
 * because a user saw it; a failed inner span is MEDIUM, and so is a warning that speaks
 * of a failure. Everything else is LOW. Unlike the original, the words are looked for in
 * the message alone: {@code {"failover": false}} is no failure.
 */
public final class Triage {

	/** From this value on, in the metric's own unit, a latency counts as HIGH. */
	private static final double SLOW = 2000;

	private static final Set<String> ERRORS = Set.of("ERROR", "CRITICAL", "FATAL", "SEVERE", "EMERGENCY", "ALERT");

	private static final Set<String> WARNINGS = Set.of("WARN", "WARNING");

	private static final Pattern FAILURE = Pattern.compile("\\b(fail(ed|s|ure|ures|ing)?|critical)\\b",
			Pattern.CASE_INSENSITIVE);

	// The simple name: a pattern for the whole name would try every part of a long dotted
	// text as a beginning, and the time would grow with its square.
	private static final Pattern EXCEPTION = Pattern.compile("(?<![\\w$])[A-Z][\\w$]*(?:Exception|Error)\\b");

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
		return new Problem(signal.signalId(), signal.type(), signal.traceId(), signal.serviceName(), signal.timestamp(),
				severity, fingerprint(signal), title(signal));
	}

	static Severity severity(Signal signal) {
		return switch (signal) {
			case LogRecord log -> severity(log);
			case Span span when span.failed() -> isEntry(span) ? Severity.HIGH : Severity.MEDIUM;
			case Span _ -> Severity.LOW;
			case MetricPoint point when point.name().toLowerCase(Locale.ROOT).contains("latency")
					&& point.value() >= SLOW ->
				Severity.HIGH;
			case MetricPoint _ -> Severity.LOW;
		};
	}

	private static Severity severity(LogRecord log) {
		String level = log.level().toUpperCase(Locale.ROOT);
		if (ERRORS.contains(level)) {
			return Severity.HIGH;
		}
		return (WARNINGS.contains(level) && FAILURE.matcher(log.message()).find()) ? Severity.MEDIUM : Severity.LOW;
	}

	private static boolean isEntry(Span span) {
		return span.parentSpanId() == null && span.kind() != SpanKind.CLIENT && span.kind() != SpanKind.PRODUCER;
	}

	private static String fingerprint(Signal signal) {
		return switch (signal) {
			case LogRecord log ->
				Fingerprint.of(log.serviceName(), "log", exceptionType(log), MessageTemplate.of(log.message()));
			case Span span -> Fingerprint.of(span.serviceName(), "span", exceptionType(span), span.name());
			case MetricPoint point -> Fingerprint.of(point.serviceName(), "metric", point.name());
		};
	}

	private static String title(Signal signal) {
		String title = switch (signal) {
			case LogRecord log -> MessageTemplate.of(log.message());
			case Span span -> (span.name().isEmpty() ? "operation" : span.name()) + " failed"
					+ (exceptionType(span).isEmpty() ? "" : " with " + exceptionType(span));
			case MetricPoint point -> point.name() + " at least " + (long) SLOW + " " + point.unit();
		};
		return (title.length() > TITLE_LENGTH) ? MessageTemplate.head(title, TITLE_LENGTH) + "…" : title;
	}

	private static String exceptionType(LogRecord log) {
		for (String key : List.of("exception.type", "error.type", "error_code")) {
			if (log.attributes().get(key) instanceof String type) {
				return type;
			}
		}
		Matcher named = EXCEPTION.matcher(log.message());
		return named.find() ? named.group() : "";
	}

	private static String exceptionType(Span span) {
		if (span.attributes().get("error.type") instanceof String type) {
			return type;
		}
		if (span.details().get("events") instanceof List<?> events) {
			for (Object event : events) {
				if (event instanceof Map<?, ?> map && map.get("attributes") instanceof Map<?, ?> attributes
						&& attributes.get("exception.type") instanceof String type) {
					return type;
				}
			}
		}
		return "";
	}

}
