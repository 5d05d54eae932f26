package dev.whence.model;

import java.util.List;
import java.util.Locale;

/**
 * The values of structured lines: what stands after a key in a JSON object, or after a
 * key and an equals sign where the line begins with such a pair and has at least
 * {@value #PAIRS} of them (where it begins with a sentence, in quotes alone). Such a
 * value is one however it looks, unless its key tells what happened.
 */
final class KeyedValues {

	/** Fewer pairs occur in sentences, where "state=open" may be the statement. */
	private static final int PAIRS = 3;

	private static final int LONGEST_KEY = 64;

	/** Parts of the keys under which programs say what happened. */
	private static final List<String> TELLING = List.of("msg", "message", "err", "reason", "cause", "exception",
			"event", "level", "lvl", "sever", "status", "state", "action", "result", "fail", "fault", "operation",
			"detail", "text");

	private final String line;

	private final boolean json;

	private final boolean pairs;

	private final boolean pairsAlone;

	KeyedValues(String line) {
		this.line = line;
		this.json = isJson(line);
		this.pairs = !this.json && hasPairs(line);
		int first = line.indexOf('=');
		this.pairsAlone = this.pairs && keyBefore(line, first) == 0;
	}

	boolean inJson() {
		return this.json;
	}

	/** Where the value after this colon of a JSON object ends, or -1 if it is read on. */
	int endAfterColon(int colon) {
		int to = colon;
		while (to > 0 && this.line.charAt(to - 1) == ' ') {
			to--;
		}
		if (to == 0 || this.line.charAt(to - 1) != '"') {
			return -1;
		}
		int from = to - 1;
		while (from > 0 && to - from < LONGEST_KEY && this.line.charAt(from - 1) != '"') {
			from--;
		}
		int value = colon + 1;
		while (value < this.line.length() && this.line.charAt(value) == ' ') {
			value++;
		}
		return (this.line.startsWith("\"", value) && !isTelling(from, to - 1)) ? endOfText(value) : -1;
	}

	/** Where the value after this equals sign ends, or -1 if it is read on. */
	int endAfterEquals(int equals) {
		int from = keyBefore(this.line, equals);
		if (!this.pairs || from < 0 || isTelling(from, equals)) {
			return -1;
		}
		int value = equals + 1;
		char first = (value < this.line.length()) ? this.line.charAt(value) : ' ';
		if (first == '"' || first == '\'') {
			return endOfText(value);
		}
		if (!this.pairsAlone || "=[{(".indexOf(first) >= 0) {
			return -1;
		}
		int to = value;
		while (to < this.line.length() && this.line.charAt(to) > ' ' && ",;)]}\"'".indexOf(this.line.charAt(to)) < 0) {
			to++;
		}
		return to;
	}

	/** After the quote that closes the one here, or -1. */
	private int endOfText(int quote) {
		for (int i = quote + 1; i < this.line.length(); i++) {
			char c = this.line.charAt(i);
			if (c == '\\') {
				i++;
			}
			else if (c == this.line.charAt(quote)) {
				return i + 1;
			}
		}
		return -1;
	}

	private boolean isTelling(int from, int to) {
		String key = this.line.substring(from, to).toLowerCase(Locale.ROOT);
		return TELLING.stream().anyMatch(key::contains);
	}

	private static boolean isJson(String line) {
		return line.startsWith("{") && (line.indexOf("\":") > 0 || line.indexOf("\" :") > 0);
	}

	private static boolean hasPairs(String line) {
		int pairs = 0;
		for (int at = line.indexOf('='); at >= 0 && pairs < PAIRS; at = line.indexOf('=', at + 1)) {
			pairs += (keyBefore(line, at) >= 0) ? 1 : 0;
		}
		return pairs >= PAIRS;
	}

	/** Where the key before this equals sign begins, or -1 if there is none. */
	private static int keyBefore(String line, int equals) {
		int from = equals;
		while (from > 0 && equals - from <= LONGEST_KEY && isKey(line.charAt(from - 1))) {
			from--;
		}
		boolean whole = from == 0 || " ,;([{".indexOf(line.charAt(from - 1)) >= 0;
		return (from < equals && equals - from <= LONGEST_KEY && whole) ? from : -1;
	}

	private static boolean isKey(char c) {
		return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-';
	}

}
