package dev.whence.xray;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Reads the answers of servers: maps, lists, texts, doubles, booleans and null. */
final class JsonReader {

	private static final int DEEPEST = 64;

	private final String json;

	private int at;

	private JsonReader(String json) {
		this.json = json;
	}

	/**
	 * Reads one value.
	 * @throws IllegalArgumentException when the text is not JSON
	 */
	static @Nullable Object read(String json) {
		JsonReader reader = new JsonReader(json);
		Object value = reader.value(0);
		reader.skipSpace();
		if (reader.at < json.length()) {
			throw reader.malformed();
		}
		return value;
	}

	private @Nullable Object value(int depth) {
		skipSpace();
		if (depth > DEEPEST) {
			throw malformed();
		}
		return switch (peek()) {
			case '{' -> object(depth);
			case '[' -> array(depth);
			case '"' -> text();
			case 't' -> word("true", true);
			case 'f' -> word("false", false);
			case 'n' -> word("null", null);
			default -> number();
		};
	}

	private Map<String, @Nullable Object> object(int depth) {
		Map<String, @Nullable Object> members = new LinkedHashMap<>();
		this.at++;
		while (more('}', members.isEmpty())) {
			skipSpace();
			String name = text();
			skipSpace();
			expect(':');
			members.put(name, value(depth + 1));
		}
		return members;
	}

	private List<@Nullable Object> array(int depth) {
		List<@Nullable Object> elements = new ArrayList<>();
		this.at++;
		while (more(']', elements.isEmpty())) {
			elements.add(value(depth + 1));
		}
		return elements;
	}

	/** Whether another member comes; steps over the comma before it or over the end. */
	private boolean more(char end, boolean first) {
		skipSpace();
		if (peek() == end) {
			this.at++;
			return false;
		}
		if (!first) {
			expect(',');
		}
		return true;
	}

	private String text() {
		expect('"');
		StringBuilder text = new StringBuilder();
		while (true) {
			char character = peek();
			this.at++;
			if (character == '"') {
				return text.toString();
			}
			text.append((character == '\\') ? escaped() : character);
		}
	}

	private char escaped() {
		char character = peek();
		this.at++;
		return switch (character) {
			case 'b' -> '\b';
			case 'f' -> '\f';
			case 'n' -> '\n';
			case 'r' -> '\r';
			case 't' -> '\t';
			case 'u' -> {
				int end = Math.min(this.at + 4, this.json.length());
				char code = (char) Integer.parseInt(this.json.substring(this.at, end), 16);
				this.at = end;
				yield code;
			}
			default -> character;
		};
	}

	private @Nullable Object word(String word, @Nullable Object value) {
		if (!this.json.startsWith(word, this.at)) {
			throw malformed();
		}
		this.at += word.length();
		return value;
	}

	private Double number() {
		int start = this.at;
		while (this.at < this.json.length() && "+-.eE0123456789".indexOf(this.json.charAt(this.at)) >= 0) {
			this.at++;
		}
		// NumberFormatException is an IllegalArgumentException.
		return Double.valueOf(this.json.substring(start, this.at));
	}

	private void skipSpace() {
		while (this.at < this.json.length() && this.json.charAt(this.at) <= ' ') {
			this.at++;
		}
	}

	private char peek() {
		if (this.at >= this.json.length()) {
			throw malformed();
		}
		return this.json.charAt(this.at);
	}

	private void expect(char expected) {
		if (peek() != expected) {
			throw malformed();
		}
		this.at++;
	}

	private IllegalArgumentException malformed() {
		return new IllegalArgumentException("no JSON at character " + this.at);
	}

}
