package dev.whence.ingest.triage;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.whence.model.LogRecord;
import dev.whence.model.Span;
import org.jspecify.annotations.Nullable;

/**
 * The exception that a signal reports.
 *
 * @param type empty when none is named
 * @param frame where in the application it was thrown; empty when no stack trace tells
 */
record Thrown(String type, String frame) {

	private static final String STACK = "exception.stacktrace";

	// The simple name: a pattern for the whole name would try every part of a long dotted
	// text as a beginning, and the time would grow with its square.
	private static final Pattern EXCEPTION = Pattern.compile("(?<![\\w$])[A-Z][\\w$]*(?:Exception|Error)\\b");

	static Thrown in(LogRecord log) {
		String stack = (log.attributes().get(STACK) instanceof String text) ? text
				: (log.message().indexOf('\n') >= 0) ? log.message() : "";
		return new Thrown(type(log), StackTrace.topFrame(stack));
	}

	private static String type(LogRecord log) {
		for (String key : List.of("exception.type", "error.type", "error_code")) {
			if (log.attributes().get(key) instanceof String type) {
				return type;
			}
		}
		Matcher named = EXCEPTION.matcher(log.message());
		return named.find() ? named.group() : "";
	}

	static Thrown in(Span span) {
		Map<?, ?> exception = exceptionEvent(span);
		String type = (span.attributes().get("error.type") instanceof String text) ? text
				: (exception != null && exception.get("exception.type") instanceof String text) ? text : "";
		String stack = (exception != null && exception.get(STACK) instanceof String text) ? text : "";
		return new Thrown(type, StackTrace.topFrame(stack));
	}

	private static @Nullable Map<?, ?> exceptionEvent(Span span) {
		if (span.details().get("events") instanceof List<?> events) {
			for (Object event : events) {
				if (event instanceof Map<?, ?> map && map.get("attributes") instanceof Map<?, ?> attributes
						&& attributes.get("exception.type") instanceof String) {
					return attributes;
				}
			}
		}
		return null;
	}

}
