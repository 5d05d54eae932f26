package dev.whence.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The constant part of one log message: whatever varies by its very form (numbers, ids,
 * addresses, paths, times, quoted values and every word that holds a digit) becomes
 * {@link #VARIABLE}, and a list of such values becomes one.
 * <p>
 * Ingest names problems by it and the worker mines templates from it, so both must see
 * the same text. Stateless and deterministic; masking a masked line changes nothing; the
 * time is linear in the length, and nothing beyond {@link #LONGEST} characters is read.
 * There is one setting for all software: no rule knows a format.
 */
public final class LogMask {

	/** Raised whenever the same line may give another text: ids contain it. */
	public static final int VERSION = 1;

	/** Stands for one or more values. */
	public static final String VARIABLE = MaskedText.VARIABLE;

	/** Two statements that differ in later characters alone are one. */
	public static final int LONGEST = 4096;

	private static final String TRACEBACK = "Traceback (most recent call last)";

	private static final int ID_BYTES = 8;

	private LogMask() {
	}

	/** The masked statement of a message; empty when the message says nothing. */
	public static String of(String message) {
		return new MaskScanner(statement(message)).masked();
	}

	/**
	 * The line of a message that says what happened: the first that is not blank, or the
	 * exception of a traceback, which names it at its end.
	 */
	public static String statement(String message) {
		String first = firstLine(message);
		if (!first.startsWith(TRACEBACK)) {
			return first;
		}
		String last = lastLine(message);
		return last.isEmpty() ? first : last;
	}

	/** The id of a masked line: 16 hexadecimal digits. */
	public static String id(String masked) {
		MessageDigest sha256 = Sha256.newDigest();
		sha256.update((byte) VERSION);
		return HexFormat.of().formatHex(sha256.digest(masked.getBytes(StandardCharsets.UTF_8)), 0, ID_BYTES);
	}

	private static String firstLine(String message) {
		int from = 0;
		while (from < message.length() && Character.isWhitespace(message.charAt(from))) {
			from++;
		}
		int longest = Math.min(message.length(), from + LONGEST);
		int to = from;
		while (to < longest && !isLineEnd(message.charAt(to))) {
			to++;
		}
		return message.substring(from, whole(message, to)).stripTrailing();
	}

	private static String lastLine(String message) {
		int to = message.length();
		while (to > 0 && Character.isWhitespace(message.charAt(to - 1))) {
			to--;
		}
		int from = to;
		while (from > 0 && !isLineEnd(message.charAt(from - 1))) {
			from--;
		}
		return message.substring(from, whole(message, Math.min(to, from + LONGEST))).strip();
	}

	/** The end, or one less where a surrogate pair would be cut. */
	private static int whole(String text, int end) {
		return (end > 0 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) ? end - 1 : end;
	}

	private static boolean isLineEnd(char c) {
		return c == '\n' || c == '\r';
	}

}
