package dev.whence.model.search;

import java.util.function.Consumer;

/** How words of texts are told apart and compared, and how texts are quoted. */
public final class Words {

	private static final int ASCII = 128;

	private Words() {
	}

	/**
	 * Where case is ignored, two characters are equal when this is. No character beyond
	 * ASCII becomes one of ASCII, so that a search that knows ASCII alone misses nothing.
	 */
	public static char fold(char c) {
		if (c < ASCII) {
			return (c >= 'A' && c <= 'Z') ? (char) (c + ('a' - 'A')) : c;
		}
		char folded = Character.toLowerCase(Character.toUpperCase(c));
		return (folded < ASCII) ? c : folded;
	}

	/** The same for each character of a text. */
	public static String fold(String text) {
		char[] folded = text.toCharArray();
		for (int i = 0; i < folded.length; i++) {
			folded[i] = fold(folded[i]);
		}
		return new String(folded);
	}

	/**
	 * A character of ASCII that is part of a word, folded; 0 for any other, which stands
	 * between words.
	 */
	public static byte foldAscii(byte c) {
		boolean lower = c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
		return lower ? c : (c >= 'A' && c <= 'Z') ? (byte) (c + ('a' - 'A')) : 0;
	}

	/** The words of a text: its longest runs of letters and digits, folded. */
	public static void of(String text, Consumer<String> words) {
		int from = -1;
		for (int i = 0; i <= text.length(); i++) {
			boolean inside = i < text.length() && isPart(text.charAt(i));
			if (inside && from < 0) {
				from = i;
			}
			else if (!inside && from >= 0) {
				words.accept(fold(text.substring(from, i)));
				from = -1;
			}
		}
	}

	/**
	 * Whether a text holds a phrase, in any case, that begins and ends where words do.
	 * @param phrase folded, not empty
	 * @param prefix whether a word may go on behind it
	 */
	public static boolean contains(String text, String phrase, boolean prefix) {
		char first = phrase.charAt(0);
		int last = text.length() - phrase.length();
		for (int i = 0; i <= last; i++) {
			if (fold(text.charAt(i)) == first && isAt(text, i, phrase) && isBorder(text, i)
					&& (prefix || isBorder(text, i + phrase.length()))) {
				return true;
			}
		}
		return false;
	}

	private static boolean isAt(String text, int from, String phrase) {
		for (int i = 1; i < phrase.length(); i++) {
			if (fold(text.charAt(from + i)) != phrase.charAt(i)) {
				return false;
			}
		}
		return true;
	}

	/** Whether no word goes on from the character before a place to the one behind it. */
	private static boolean isBorder(String text, int place) {
		return place == 0 || place == text.length() || !isPart(text.charAt(place - 1)) || !isPart(text.charAt(place));
	}

	private static boolean isPart(char c) {
		return Character.isLetterOrDigit(c);
	}

	/** Whether a text can be the name of a field without quotes. */
	static boolean isName(String text) {
		if (text.isEmpty() || !Character.isLetter(text.charAt(0)) && text.charAt(0) != '_') {
			return false;
		}
		return text.chars().allMatch((c) -> Character.isLetterOrDigit(c) || "_.-/@".indexOf(c) >= 0);
	}

	static String quote(String text) {
		return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
	}

}
