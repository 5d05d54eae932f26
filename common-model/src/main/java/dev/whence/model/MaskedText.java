package dev.whence.model;

import java.util.Set;

/**
 * The masked line as it grows: one blank between words, and values that follow each other
 * as a list (with nothing but separators between them, brackets around one or not) are
 * one.
 */
final class MaskedText {

	static final String VARIABLE = "<*>";

	private static final Set<String> CALENDAR = Set.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep",
			"Oct", "Nov", "Dec", "January", "February", "March", "April", "June", "July", "August", "September",
			"October", "November", "December", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Monday", "Tuesday",
			"Wednesday", "Thursday", "Friday", "Saturday", "Sunday");

	private static final int LONGEST_CALENDAR_WORD = 9;

	private final StringBuilder out;

	/** Where the last value ended, if nothing but separators follows it, or -1. */
	private int openList = -1;

	MaskedText(int capacity) {
		this.out = new StringBuilder(capacity);
	}

	void blank() {
		int length = this.out.length();
		if (length > 0 && this.out.charAt(length - 1) != ' ') {
			this.out.append(' ');
		}
	}

	void value() {
		dropCalendarWords();
		if (this.openList >= 0) {
			this.out.setLength(this.openList);
			return;
		}
		this.out.append(VARIABLE);
		this.openList = this.out.length();
	}

	/**
	 * Adds a word.
	 * @return whether it went into the value before it, as the month of a date
	 */
	boolean word(String line, int from, int to) {
		if (this.openList >= 0 && CALENDAR.contains(shortWord(line, from, to))) {
			value();
			return true;
		}
		for (int i = from; i < to; i++) {
			mark(line.charAt(i));
		}
		return false;
	}

	void mark(char c) {
		if (c == ')' || c == ']') {
			close(c);
			return;
		}
		if (!isSeparator(c)) {
			this.openList = -1;
		}
		this.out.append(c);
	}

	/** Whether nothing but separators follows the last value. */
	boolean isInList() {
		return this.openList >= 0;
	}

	/** The last character that is no blank, or 0. */
	char last() {
		int at = this.out.length() - 1;
		if (at >= 0 && this.out.charAt(at) == ' ') {
			at--;
		}
		return (at >= 0) ? this.out.charAt(at) : 0;
	}

	boolean endsWith(String text) {
		int at = this.out.length() - text.length();
		return at >= 0 && this.out.indexOf(text, at) == at
				&& (at == 0 || !Character.isLetterOrDigit(this.out.charAt(at - 1)));
	}

	String text() {
		int length = this.out.length();
		if (length > 0 && this.out.charAt(length - 1) == ' ') {
			this.out.setLength(length - 1);
		}
		return this.out.toString();
	}

	// "12 MB (12582912)" says a value twice, "f1()" is a name.
	private void close(char bracket) {
		int length = this.out.length();
		char opening = (bracket == ')') ? '(' : '[';
		int inner = (this.openList == length) ? length - VARIABLE.length() : length;
		if (inner > 0 && this.out.charAt(inner - 1) == opening && (inner < length || bracket == ')')) {
			int before = inner - 1;
			while (before > 0 && isSeparator(this.out.charAt(before - 1))) {
				before--;
			}
			if (endsWithValue(before)) {
				this.out.setLength(before);
				this.openList = before;
				return;
			}
		}
		this.openList = -1;
		this.out.append(bracket);
	}

	// "Mon, Jan 5 2026": the names belong to the date.
	private void dropCalendarWords() {
		while (true) {
			int to = this.out.length();
			while (to > 0 && (this.out.charAt(to - 1) == ' ' || this.out.charAt(to - 1) == ',')) {
				to--;
			}
			int from = to;
			while (from > 0 && to - from <= LONGEST_CALENDAR_WORD && Character.isLetter(this.out.charAt(from - 1))) {
				from--;
			}
			boolean whole = from == 0 || " [(\"'<>,".indexOf(this.out.charAt(from - 1)) >= 0;
			if (to == this.out.length() || !whole || !CALENDAR.contains(shortWord(this.out, from, to))) {
				return;
			}
			this.out.setLength(from);
			int before = from;
			while (before > 0 && isSeparator(this.out.charAt(before - 1))) {
				before--;
			}
			this.openList = endsWithValue(before) ? before : -1;
		}
	}

	private boolean endsWithValue(int end) {
		int from = end - VARIABLE.length();
		return from >= 0 && this.out.charAt(from) == '<' && this.out.charAt(from + 1) == '*'
				&& this.out.charAt(from + 2) == '>';
	}

	private static String shortWord(CharSequence text, int from, int to) {
		return (to - from < 3 || to - from > LONGEST_CALENDAR_WORD) ? "" : text.subSequence(from, to).toString();
	}

	private static boolean isSeparator(char c) {
		return c == ' ' || c == ',' || c == ';' || c == ':' || c == '|' || c == '/' || c == '-';
	}

}
