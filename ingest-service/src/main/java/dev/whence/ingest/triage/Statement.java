package dev.whence.ingest.triage;

import java.util.List;

import dev.whence.model.LogMask;

/**
 * What a log record says, for a person and for its fingerprint. Of a JSON object a person
 * reads the message in it.
 */
final class Statement {

	/** Statements that agree in so many characters are one. */
	private static final int LONGEST = 200;

	private static final List<String> MESSAGE_KEYS = List.of("message", "msg", "error", "err", "event", "reason",
			"exception");

	private Statement() {
	}

	/** The masked statement. */
	static String of(String message) {
		return head(LogMask.of(message), LONGEST);
	}

	/** The masked message for people. */
	static String title(String message) {
		String line = LogMask.statement(message);
		String inner = line.startsWith("{") ? messageIn(line) : "";
		return head(LogMask.of(inner.isEmpty() ? line : inner), LONGEST).replace(LogMask.VARIABLE, "*");
	}

	private static String messageIn(String json) {
		for (String key : MESSAGE_KEYS) {
			int at = json.indexOf("\"" + key + "\"");
			int from = (at < 0) ? -1 : json.indexOf('"', at + key.length() + 2);
			if (from >= 0 && json.substring(at + key.length() + 2, from).strip().equals(":")) {
				return text(json, from + 1);
			}
		}
		return "";
	}

	private static String text(String json, int from) {
		StringBuilder text = new StringBuilder();
		for (int i = from; i < json.length() && json.charAt(i) != '"'; i++) {
			if (json.charAt(i) == '\\' && i + 1 < json.length()) {
				i++;
				text.append((json.charAt(i) == '"' || json.charAt(i) == '\\') ? json.charAt(i) : ' ');
			}
			else {
				text.append(json.charAt(i));
			}
		}
		return text.toString();
	}

	/** The first so many characters, less one where a surrogate pair would be cut. */
	static String head(String text, int length) {
		if (text.length() <= length) {
			return text;
		}
		return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
	}

}
