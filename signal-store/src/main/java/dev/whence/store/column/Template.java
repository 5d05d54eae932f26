package dev.whence.store.column;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A text with its variable words taken out: each longest run of letters and digits that
 * has a digit in it.
 *
 * @param text with {@link #HOLE} where the words were
 * @param words in their order
 */
record Template(byte[] text, List<byte[]> words) {

	/** Stored texts have no such byte: PostgreSQL's text has none. */
	static final byte HOLE = 0;

	static boolean isPossible(byte[] text) {
		for (byte one : text) {
			if (one == HOLE) {
				return false;
			}
		}
		return true;
	}

	static Template of(byte[] text) {
		byte[] template = new byte[text.length];
		int length = 0;
		List<byte[]> words = new ArrayList<>();
		int i = 0;
		while (i < text.length) {
			int end = i;
			boolean digit = false;
			while (end < text.length && isWord(text[end])) {
				digit |= isDigit(text[end]);
				end++;
			}
			if (digit) {
				words.add(Arrays.copyOfRange(text, i, end));
				template[length++] = HOLE;
				i = end;
			}
			else {
				int stop = Math.max(end, i + 1);
				System.arraycopy(text, i, template, length, stop - i);
				length += stop - i;
				i = stop;
			}
		}
		return new Template(Arrays.copyOf(template, length), words);
	}

	/** How many words the template wants. */
	static int holes(byte[] template) {
		int holes = 0;
		for (byte one : template) {
			if (one == HOLE) {
				holes++;
			}
		}
		return holes;
	}

	private static boolean isWord(byte one) {
		return isDigit(one) || one >= 'a' && one <= 'z' || one >= 'A' && one <= 'Z';
	}

	private static boolean isDigit(byte one) {
		return one >= '0' && one <= '9';
	}

}
