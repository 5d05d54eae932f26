package dev.whence.store.form;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

/**
 * How trace and span ids lie in {@code bytea} columns. OpenTelemetry's lower-case
 * hexadecimal ids become their 16 or 8 bytes; any other text becomes its UTF-8 bytes
 * closed by 0xFF, a byte that UTF-8 never uses, twice where one would make the length
 * look like a binary id.
 */
public final class IdCodec {

	public static final IdCodec TRACE = new IdCodec(16);

	public static final IdCodec SPAN = new IdCodec(8);

	private static final byte END = (byte) 0xFF;

	private static final HexFormat HEX = HexFormat.of();

	private final int binaryLength;

	private IdCodec(int binaryLength) {
		this.binaryLength = binaryLength;
	}

	public byte @Nullable [] encodeNullable(@Nullable String id) {
		return (id != null) ? encode(id) : null;
	}

	public byte[] encode(String id) {
		if (isLowerCaseHex(id)) {
			return HEX.parseHex(id);
		}
		byte[] text = id.getBytes(StandardCharsets.UTF_8);
		byte[] encoded = Arrays.copyOf(text, text.length + ((text.length + 1 == this.binaryLength) ? 2 : 1));
		Arrays.fill(encoded, text.length, encoded.length, END);
		return encoded;
	}

	public @Nullable String decodeNullable(byte @Nullable [] bytes) {
		return (bytes != null) ? decode(bytes) : null;
	}

	public String decode(byte[] bytes) {
		if (bytes.length == this.binaryLength) {
			return HEX.formatHex(bytes);
		}
		int length = bytes.length;
		while (length > 0 && bytes[length - 1] == END) {
			length--;
		}
		return new String(bytes, 0, length, StandardCharsets.UTF_8);
	}

	private boolean isLowerCaseHex(String id) {
		if (id.length() != this.binaryLength * 2) {
			return false;
		}
		for (int i = 0; i < id.length(); i++) {
			char c = id.charAt(i);
			if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
				return false;
			}
		}
		return true;
	}

}
