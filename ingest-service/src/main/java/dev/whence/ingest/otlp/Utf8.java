package dev.whence.ingest.otlp;

import java.nio.charset.StandardCharsets;

/**
 * UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates, nothing above U+10FFFF.
 */
final class Utf8 {

	private Utf8() {
	}

	/** The length of the multi-byte sequence that begins here, or 0 if none does. */
	static int sequence(byte[] bytes, int from, int end) {
		int first = bytes[from] & 0xFF;
		if (first >= 0xC2 && first <= 0xDF) {
			return continued(bytes, from, end, 1) ? 2 : 0;
		}
		if (first >= 0xE0 && first <= 0xEF) {
			if (!continued(bytes, from, end, 2)) {
				return 0;
			}
			int second = bytes[from + 1] & 0xFF;
			boolean overlong = first == 0xE0 && second < 0xA0;
			boolean surrogate = first == 0xED && second > 0x9F;
			return (overlong || surrogate) ? 0 : 3;
		}
		if (first >= 0xF0 && first <= 0xF4) {
			if (!continued(bytes, from, end, 3)) {
				return 0;
			}
			int second = bytes[from + 1] & 0xFF;
			boolean overlong = first == 0xF0 && second < 0x90;
			boolean beyond = first == 0xF4 && second > 0x8F;
			return (overlong || beyond) ? 0 : 4;
		}
		return 0;
	}

	/**
	 * The text; malformed bytes become U+FFFD. NUL stays and is the funnel's to replace.
	 */
	static String text(byte[] bytes, int from, int length) {
		return new String(bytes, from, length, StandardCharsets.UTF_8);
	}

	private static boolean continued(byte[] bytes, int from, int end, int more) {
		if (end - from <= more) {
			return false;
		}
		for (int i = from + 1; i <= from + more; i++) {
			if ((bytes[i] & 0xC0) != 0x80) {
				return false;
			}
		}
		return true;
	}

}
