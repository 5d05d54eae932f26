package dev.whence.analysis.behaviour;

import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

import dev.whence.model.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * Tells which statement of the code wrote a record, where nothing better is known: its
 * place in the code when the record says so, otherwise its text without what looks like
 * data. Knows no system and no format.
 */
public final class LogStatements implements Function<LogRecord, String> {

	/** Identifiers, hexadecimal and decimal numbers, and values behind an equals sign. */
	private static final Pattern DATA = Pattern
		.compile("[0-9a-f]{8}-[0-9a-f-]{27,}|0x[0-9a-f]+|\\b[0-9a-f]{12,}\\b|\\d+|=[^,)\\]}]*");

	/** Two statements that agree so far are taken for one. */
	private static final int LONGEST = 120;

	/** As much of a message as can matter, so that masking a long one costs little. */
	private static final int READ = 2_000;

	private static final String[][] PLACES = { { "logger", "line" }, { "code.file.path", "code.line.number" },
			{ "code.filepath", "code.lineno" } };

	@Override
	public String apply(LogRecord log) {
		for (String[] place : PLACES) {
			String source = text(log.attributes(), place[0]);
			String line = text(log.attributes(), place[1]);
			if (source != null && line != null) {
				return source + "#" + line;
			}
		}
		String message = log.message();
		String masked = DATA.matcher(message.substring(0, Math.min(READ, message.length()))).replaceAll("*");
		return masked.substring(0, Math.min(LONGEST, masked.length()));
	}

	private static @Nullable String text(Map<String, @Nullable Object> attributes, String name) {
		Object value = attributes.get(name);
		return (value instanceof String || value instanceof Number) ? value.toString() : null;
	}

}
