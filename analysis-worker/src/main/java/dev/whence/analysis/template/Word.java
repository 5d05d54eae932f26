package dev.whence.analysis.template;

import java.util.Set;

import dev.whence.model.LogMask;

/**
 * One word of a masked line: a value with the punctuation around it, and before it the
 * key or the name of a call, where there is one.
 *
 * @param hash of the whole word
 * @param blankHash of the word with its value left out
 * @param calleeHash of the word with its call left out, 0 when it is none
 * @param keyed whether a key or a call's name remains when the value is left out
 * @param kind what its value is
 */
record Word(long hash, long blankHash, long calleeHash, boolean keyed, Kind kind) {

	enum Kind {

		/** Letters: part of the statement, or a value that does not look like one. */
		CONSTANT,

		/** A value by its form. */
		VALUE,

		/** Letters and a value in one word. */
		MIXED,

		/** Nothing but punctuation. */
		MARK

	}

	private static final Set<String> LITERALS = Set.of("true", "false", "True", "False", "null", "nil", "None");

	private static final String OPENING = "([{<\"'`";

	private static final String CLOSING = ")]}>\"'`,;:.!?";

	static Word of(String text) {
		int opened = opened(text);
		int closed = closed(text, opened);
		int from = key(text, opened, closed);
		int to = closed(text, from);
		long callee = (from > opened && text.charAt(from - 1) == '(') ? blank(text, opened, closed) : 0;
		return new Word(hash(text, 0, text.length()), blank(text, from, to), callee, from > opened,
				kind(text, from, to));
	}

	/** The least general word that covers both. */
	static String union(String one, String other) {
		int opened = opened(one);
		int from = key(one, opened, closed(one, opened));
		int to = closed(one, from);
		String before = one.substring(0, from);
		String after = one.substring(to);
		return (other.length() >= before.length() + after.length() && other.startsWith(before) && other.endsWith(after))
				? before + LogMask.VARIABLE + after : LogMask.VARIABLE;
	}

	private static int opened(String text) {
		int from = 0;
		while (from < text.length() && OPENING.indexOf(text.charAt(from)) >= 0
				&& !text.startsWith(LogMask.VARIABLE, from)) {
			from++;
		}
		return from;
	}

	private static int closed(String text, int from) {
		int to = text.length();
		while (to > from && CLOSING.indexOf(text.charAt(to - 1)) >= 0 && !closesWithin(text, from, to - 1)
				&& !(to - from >= 3 && text.startsWith(LogMask.VARIABLE, to - 3))) {
			to--;
		}
		return to;
	}

	/** Whether the bracket at that index was opened after the beginning. */
	private static boolean closesWithin(String text, int from, int index) {
		int kind = ")]}".indexOf(text.charAt(index));
		return kind >= 0 && text.indexOf("([{".charAt(kind), from) >= 0;
	}

	/** Where the value begins in "key=value" and "call(value)". */
	private static int key(String text, int from, int to) {
		for (int i = from; i < to; i++) {
			char c = text.charAt(i);
			if ((c == '=' || c == '(') && i > from) {
				int value = i + 1;
				while (value < to && OPENING.indexOf(text.charAt(value)) >= 0
						&& !text.startsWith(LogMask.VARIABLE, value)) {
					value++;
				}
				return value;
			}
		}
		return from;
	}

	private static Kind kind(String text, int from, int to) {
		if (to - from == LogMask.VARIABLE.length() && text.startsWith(LogMask.VARIABLE, from)) {
			return Kind.VALUE;
		}
		if (text.indexOf(LogMask.VARIABLE) >= 0) {
			return Kind.MIXED;
		}
		String value = text.substring(from, to);
		if (LITERALS.contains(value) || value.equals("-") && from > 0) {
			return Kind.VALUE;
		}
		return text.chars().anyMatch(Character::isLetter) ? Kind.CONSTANT : Kind.MARK;
	}

	private static long blank(String text, int from, int to) {
		return mix(mix(hash(text, 0, from), hash(text, to, text.length())), 1);
	}

	private static long hash(String text, int from, int to) {
		long hash = 0xcbf29ce484222325L;
		for (int i = from; i < to; i++) {
			hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
		}
		return mix(hash, to - from);
	}

	/** Spreads two numbers over all bits of one. */
	static long mix(long one, long other) {
		long z = one * 0x9e3779b97f4a7c15L + other + 0x632be59bd9b4e019L;
		z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
		z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
		return z ^ (z >>> 31);
	}

}
