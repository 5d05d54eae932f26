package dev.whence.ingest.triage;

import java.util.regex.Pattern;

/**
 * The constant part of a message: whatever varies from one occurrence to the next (ids,
 * numbers, quoted values, addresses) becomes {@code *}, so that the same statement gives
 * the same text.
 */
final class MessageTemplate {

	/** Longer messages differ in their tail at the latest. */
	private static final int MAX_LENGTH = 200;

	private static final Pattern VARIABLE = Pattern.compile("""
			[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F-]{13,} | # UUIDs
			0x[0-9a-fA-F]+ |
			\\b[0-9a-fA-F]{12,}\\b | # hashes and trace ids
			"[^"]{1,100}" | '[^']{1,100}' | # quoted values
			\\bhttps?://\\S+ |
			[A-Za-z0-9._-]*\\d[A-Za-z0-9._-]* # whatever holds a digit
			""", Pattern.COMMENTS);

	private MessageTemplate() {
	}

	static String of(String message) {
		String line = message.lines().filter((text) -> !text.isBlank()).findFirst().orElse("");
		return VARIABLE.matcher(head(line, MAX_LENGTH)).replaceAll("*");
	}

	/** The first so many characters, less one where a surrogate pair would be cut. */
	static String head(String text, int length) {
		if (text.length() <= length) {
			return text;
		}
		return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
	}

}
