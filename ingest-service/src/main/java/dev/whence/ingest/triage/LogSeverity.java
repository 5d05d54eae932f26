package dev.whence.ingest.triage;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import dev.whence.model.LogRecord;
import dev.whence.model.Severity;

/**
 * How grave a log record is by its level. A text that is known decides, as in the
 * original service; where the sender wrote a text of its own ("stderr", "panic: "), and
 * where an error may be more than one, OpenTelemetry's severity number does.
 */
final class LogSeverity {

	private static final Set<String> CRITICAL = Set.of("FATAL", "CRITICAL", "EMERGENCY", "ALERT", "PANIC", "CRIT",
			"EMERG");

	private static final Set<String> ERRORS = Set.of("ERROR", "SEVERE", "ERR");

	private static final Set<String> WARNINGS = Set.of("WARN", "WARNING");

	/** Most records: their details need not be looked into. */
	private static final Set<String> CALM = Set.of("", "TRACE", "DEBUG", "INFO", "INFORMATION", "NOTICE", "VERBOSE");

	// The first numbers of WARN, ERROR and FATAL in OpenTelemetry's log data model.
	private static final int WARN_NUMBER = 13;

	private static final int ERROR_NUMBER = 17;

	private static final int FATAL_NUMBER = 21;

	private static final int LAST_NUMBER = 24;

	private static final Pattern FAILURE = Pattern.compile("\\b(fail(ed|s|ure|ures|ing)?|critical)\\b",
			Pattern.CASE_INSENSITIVE);

	private LogSeverity() {
	}

	static Severity of(LogRecord log) {
		String level = log.level().toUpperCase(Locale.ROOT);
		if (CALM.contains(level)) {
			return Severity.LOW;
		}
		if (CRITICAL.contains(level)) {
			return Severity.CRITICAL;
		}
		if (WARNINGS.contains(level)) {
			return warning(log);
		}
		int number = number(log);
		if (number >= FATAL_NUMBER) {
			return Severity.CRITICAL;
		}
		if (ERRORS.contains(level) || number >= ERROR_NUMBER) {
			return Severity.HIGH;
		}
		return (number >= WARN_NUMBER) ? warning(log) : Severity.LOW;
	}

	private static Severity warning(LogRecord log) {
		return FAILURE.matcher(log.message()).find() ? Severity.MEDIUM : Severity.LOW;
	}

	private static int number(LogRecord log) {
		return (log.details().get("severity_number") instanceof Number number && number.longValue() >= 1
				&& number.longValue() <= LAST_NUMBER) ? number.intValue() : 0;
	}

}
