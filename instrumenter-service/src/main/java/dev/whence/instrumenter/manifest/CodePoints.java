package dev.whence.instrumenter.manifest;

import java.util.Arrays;

/**
 * Translates the parser's offsets, which count code points, to offsets into a Java
 * string. Free for texts without astral characters, a binary search otherwise.
 *
 * @param astral code point indexes of the characters outside the basic plane, ascending
 */
record CodePoints(int[] astral) {

	static CodePoints of(String text) {
		int[] found = new int[0];
		int count = 0;
		int codePoint = 0;
		for (int i = 0; i < text.length(); i++, codePoint++) {
			if (Character.isHighSurrogate(text.charAt(i)) && i + 1 < text.length()
					&& Character.isLowSurrogate(text.charAt(i + 1))) {
				if (count == found.length) {
					found = Arrays.copyOf(found, Math.max(16, count * 2));
				}
				found[count++] = codePoint;
				i++;
			}
		}
		return new CodePoints(Arrays.copyOf(found, count));
	}

	int toUtf16(int codePoint) {
		if (this.astral.length == 0) {
			return codePoint;
		}
		int at = Arrays.binarySearch(this.astral, codePoint);
		return codePoint + ((at >= 0) ? at : -at - 1);
	}

}
