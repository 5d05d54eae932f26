package dev.whence.ingest.otlp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Writes JSON text in UTF-8 straight from the bytes of a request. Commas come by
 * themselves. What PostgreSQL cannot store as text, NUL and bytes that are no UTF-8,
 * becomes U+FFFD and is counted.
 */
final class JsonOutput {

	private static final byte[] REPLACEMENT = "\uFFFD".getBytes(StandardCharsets.UTF_8);

	private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

	private byte[] bytes = new byte[512];

	private int size;

	private int replaced;

	/** Begins anew, for the next record. */
	void reset() {
		this.size = 0;
	}

	int size() {
		return this.size;
	}

	/** How often something was replaced by U+FFFD since the beginning. */
	int replaced() {
		return this.replaced;
	}

	byte[] toBytes() {
		return Arrays.copyOf(this.bytes, this.size);
	}

	String asText() {
		return new String(this.bytes, 0, this.size, StandardCharsets.UTF_8);
	}

	JsonOutput beginObject() {
		return open('{');
	}

	JsonOutput endObject() {
		return put('}');
	}

	JsonOutput beginArray() {
		return open('[');
	}

	JsonOutput endArray() {
		return put(']');
	}

	/** The name of the next member; ours, so without anything to escape. */
	JsonOutput name(String name) {
		separate();
		require(name.length() + 3);
		this.bytes[this.size++] = '"';
		for (int i = 0; i < name.length(); i++) {
			this.bytes[this.size++] = (byte) name.charAt(i);
		}
		this.bytes[this.size++] = '"';
		this.bytes[this.size++] = ':';
		return this;
	}

	/** The name of the next member; the sender's. */
	JsonOutput name(byte[] source, int from, int length) {
		string(source, from, length);
		return put(':');
	}

	JsonOutput string(byte[] source, int from, int length) {
		separate();
		// What is escaped asks for more where it comes.
		require(length + 2);
		this.bytes[this.size++] = '"';
		int end = from + length;
		int i = from;
		while (i < end) {
			int plain = i;
			while (i < end && isPlain(source[i])) {
				i++;
			}
			append(source, plain, i - plain);
			if (i < end) {
				i = special(source, i, end);
			}
		}
		return put('"');
	}

	JsonOutput string(String text) {
		byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
		return string(utf8, 0, utf8.length);
	}

	/** The text of the field that was just found. */
	JsonOutput string(WireReader in) {
		int length = in.length();
		string(in.bytes(), in.position(), length);
		in.advance(length);
		return this;
	}

	/** The bytes of the field that was just found. */
	JsonOutput base64(WireReader in) {
		int length = in.length();
		ByteBuffer encoded = Base64.getEncoder().encode(ByteBuffer.wrap(in.bytes(), in.position(), length));
		in.advance(length);
		return string(encoded.array(), 0, encoded.limit());
	}

	/** The bytes of the field that was just found, which is an id. */
	JsonOutput hex(WireReader in) {
		int length = in.length();
		separate();
		require(2 * length + 2);
		this.bytes[this.size++] = '"';
		for (int i = in.position(); i < in.position() + length; i++) {
			this.bytes[this.size++] = HEX[in.bytes()[i] >> 4 & 15];
			this.bytes[this.size++] = HEX[in.bytes()[i] & 15];
		}
		in.advance(length);
		return put('"');
	}

	JsonOutput number(long value) {
		return ascii(Long.toString(value));
	}

	/** A number of 64 bits without a sign. */
	JsonOutput unsigned(long value) {
		return ascii(Long.toUnsignedString(value));
	}

	/** What JSON has no number for becomes its text: "NaN", "Infinity", "-Infinity". */
	JsonOutput number(double value) {
		return Double.isFinite(value) ? ascii(Double.toString(value)) : string(Double.toString(value));
	}

	JsonOutput bool(boolean value) {
		return ascii(value ? "true" : "false");
	}

	JsonOutput nothing() {
		return ascii("null");
	}

	/** JSON that was written before. */
	JsonOutput raw(JsonOutput json) {
		separate();
		return append(json.bytes, 0, json.size);
	}

	/** Members of an object that were written before, without its brackets. */
	JsonOutput members(byte[] members) {
		if (members.length > 0) {
			separate();
			append(members, 0, members.length);
		}
		return this;
	}

	/** The same, from where they were written. */
	JsonOutput members(JsonOutput members) {
		if (members.size > 0) {
			separate();
			append(members.bytes, 0, members.size);
		}
		return this;
	}

	private JsonOutput open(char bracket) {
		separate();
		return put(bracket);
	}

	private JsonOutput ascii(String text) {
		separate();
		require(text.length());
		for (int i = 0; i < text.length(); i++) {
			this.bytes[this.size++] = (byte) text.charAt(i);
		}
		return this;
	}

	private void separate() {
		if (this.size > 0) {
			byte last = this.bytes[this.size - 1];
			if (last != '{' && last != '[' && last != ':') {
				put(',');
			}
		}
	}

	private static boolean isPlain(byte b) {
		return b >= ' ' && b != '"' && b != '\\';
	}

	/** Writes the character at i, which is not plain; the position after it. */
	private int special(byte[] source, int i, int end) {
		byte first = source[i];
		if (first >= 0) {
			escape(first);
			return i + 1;
		}
		int length = Utf8.sequence(source, i, end);
		if (length == 0) {
			replace();
			return i + 1;
		}
		append(source, i, length);
		return i + length;
	}

	private void escape(byte b) {
		switch (b) {
			case 0 -> replace();
			case '"', '\\' -> put('\\').put((char) b);
			case '\n' -> put('\\').put('n');
			case '\r' -> put('\\').put('r');
			case '\t' -> put('\\').put('t');
			default -> {
				put('\\').put('u').put('0').put('0');
				put((char) HEX[b >> 4]).put((char) HEX[b & 15]);
			}
		}
	}

	private void replace() {
		this.replaced++;
		append(REPLACEMENT, 0, REPLACEMENT.length);
	}

	private JsonOutput append(byte[] source, int from, int length) {
		require(length);
		System.arraycopy(source, from, this.bytes, this.size, length);
		this.size += length;
		return this;
	}

	private JsonOutput put(char ascii) {
		require(1);
		this.bytes[this.size++] = (byte) ascii;
		return this;
	}

	private void require(int more) {
		if (this.bytes.length - this.size < more) {
			this.bytes = Arrays.copyOf(this.bytes, Math.max(this.size + more, 2 * this.bytes.length));
		}
	}

}
