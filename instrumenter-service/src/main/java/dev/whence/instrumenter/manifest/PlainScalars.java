package dev.whence.instrumenter.manifest;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a YAML 1.1 reader, as kubectl has one, makes of a scalar without quotes. */
final class PlainScalars {

	private static final Set<String> WORDS = Set.of("", "~", "null", "true", "false", "yes", "no", "on", "off", "y",
			"n", "=", "<<");

	private static final Pattern NUMBER = Pattern.compile("[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|"
			+ "(?:[0-9][0-9_]*)?\\.?[0-9_]+(?:[eE][-+]?[0-9]+)?|[0-9][0-9_]*\\.|\\.(?:inf|Inf|INF|nan|NaN|NAN)|"
			+ "[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\\.[0-9_]*)?)");

	private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{1,2}-\\d{1,2}(?:[Tt\\s].*)?");

	private PlainScalars() {
	}

	/** Whether the text would be read as null, boolean, number or date. */
	static boolean isTyped(String text) {
		return (text.length() <= 5 && WORDS.contains(text.toLowerCase(Locale.ROOT)))
				|| (text.length() < 100 && (NUMBER.matcher(text).matches() || DATE.matcher(text).matches()));
	}

}
