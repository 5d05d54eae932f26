package dev.whence.model;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The ranges of OpenTelemetry's severity numbers (log data model, "Severity fields"),
 * least first, with the texts that loggers write for them: those of syslog, glog, Python,
 * .NET, Java and OpenTelemetry itself.
 */
public enum LogLevel {

	TRACE(1, "T", "VERBOSE", "FINEST", "FINER"),

	DEBUG(5, "D", "FINE", "CONFIG"),

	INFO(9, "I", "INFORMATION", "INFORMATIONAL", "NOTICE", "LOG"),

	WARN(13, "W", "WARNING"),

	ERROR(17, "E", "ERR", "SEVERE"),

	FATAL(21, "F", "CRITICAL", "CRIT", "ALERT", "EMERGENCY", "EMERG", "PANIC");

	/** OpenTelemetry has four numbers for each range. */
	private static final int NUMBERS = 4;

	private static final Map<String, LogLevel> BY_TEXT = new HashMap<>();

	static {
		for (LogLevel level : values()) {
			BY_TEXT.put(level.name(), level);
			for (String text : level.texts) {
				BY_TEXT.put(text, level);
			}
			for (int i = 2; i <= NUMBERS; i++) {
				BY_TEXT.put(level.name() + i, level);
			}
		}
	}

	private final int number;

	private final String[] texts;

	LogLevel(int number, String... texts) {
		this.number = number;
		this.texts = texts;
	}

	/** What a text means, in any case; null when it is nobody's word for a level. */
	public static @Nullable LogLevel ofText(String text) {
		LogLevel level = BY_TEXT.get(text);
		return (level != null) ? level : BY_TEXT.get(text.toUpperCase(Locale.ROOT));
	}

	/** The range of a severity number; null for 0, unspecified, and what is none. */
	public static @Nullable LogLevel ofNumber(long number) {
		return (number >= TRACE.number && number < FATAL.number + NUMBERS)
				? values()[(int) (number - TRACE.number) / NUMBERS] : null;
	}

	/** Every text that is known, in upper case. */
	public static Set<String> texts() {
		return Set.copyOf(BY_TEXT.keySet());
	}

	/** The texts of this level, in upper case. */
	public Set<String> ownTexts() {
		return BY_TEXT.entrySet()
			.stream()
			.filter((entry) -> entry.getValue() == this)
			.map(Map.Entry::getKey)
			.collect(Collectors.toUnmodifiableSet());
	}

}
