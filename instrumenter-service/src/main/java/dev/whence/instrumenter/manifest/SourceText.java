package dev.whence.instrumenter.manifest;

import java.util.Arrays;

/**
 * A text with its lines, which are found by search rather than by scan: a manifest of
 * JSON may be one line of megabytes.
 */
final class SourceText {

	private final String text;

	private final String eol;

	/** Offsets of all newlines, ascending. */
	private final int[] newlines;

	private SourceText(String text, String eol, int[] newlines) {
		this.text = text;
		this.eol = eol;
		this.newlines = newlines;
	}

	static SourceText of(String text) {
		int newline = text.indexOf('\n');
		String eol = (newline > 0 && text.charAt(newline - 1) == '\r') ? "\r\n" : "\n";
		int[] newlines = new int[Math.max(16, text.length() / 32)];
		int count = 0;
		for (int at = newline; at >= 0; at = text.indexOf('\n', at + 1)) {
			if (count == newlines.length) {
				newlines = Arrays.copyOf(newlines, count * 2);
			}
			newlines[count++] = at;
		}
		return new SourceText(text, eol, Arrays.copyOf(newlines, count));
	}

	String text() {
		return this.text;
	}

	/** What new lines end with: what the text's first line ends with. */
	String eol() {
		return this.eol;
	}

	/** The first character of the line that holds the offset. */
	int lineStart(int offset) {
		int at = newlinesBefore(offset);
		return (at == 0) ? 0 : this.newlines[at - 1] + 1;
	}

	/** One past the line's terminator, or the end of the text. */
	int lineEnd(int offset) {
		int at = newlinesBefore(offset);
		return (at == this.newlines.length) ? this.text.length() : this.newlines[at] + 1;
	}

	private int newlinesBefore(int offset) {
		int at = Arrays.binarySearch(this.newlines, offset);
		return (at >= 0) ? at : -at - 1;
	}

	/** Inserts whole lines below the line that holds the offset. */
	Splice below(int offset, String lines) {
		int end = lineEnd(offset);
		return endsInside(end) ? Splice.insert(end, this.eol + lines) : Splice.insert(end, lines + this.eol);
	}

	/** Removes the whole lines from one offset's to another's; the inverse of below. */
	Splice withoutLines(int first, int last) {
		int start = lineStart(first);
		int end = lineEnd(last);
		if (endsInside(end) && start > 0) {
			int before = start - 1;
			start = (before > 0 && this.text.charAt(before - 1) == '\r') ? before - 1 : before;
		}
		return new Splice(start, end - start, "");
	}

	/**
	 * The last character at or before the offset, going back to a floor, that is no
	 * space, or NUL.
	 */
	char lastVisible(int floor, int offset) {
		for (int i = offset - 1; i >= floor; i--) {
			if (!Character.isWhitespace(this.text.charAt(i))) {
				return this.text.charAt(i);
			}
		}
		return '\0';
	}

	/** The last character before the offset on its line that is no space, or NUL. */
	char lastVisibleOnLine(int offset) {
		for (int i = offset - 1; i >= 0 && this.text.charAt(i) != '\n'; i--) {
			if (!Character.isWhitespace(this.text.charAt(i))) {
				return this.text.charAt(i);
			}
		}
		return '\0';
	}

	/** Whether only white space stands between the line's start and the offset. */
	boolean opensLine(int offset) {
		return lastVisibleOnLine(offset) == '\0';
	}

	/**
	 * Whether some line break is one that not every reader of YAML takes for one: then
	 * lines cannot be counted on.
	 */
	boolean hasDoubtfulBreaks() {
		for (int i = 0; i < this.text.length(); i++) {
			char ch = this.text.charAt(i);
			if (ch == '\r' && (i + 1 == this.text.length() || this.text.charAt(i + 1) != '\n') || ch == '\u0085'
					|| ch == '\u2028' || ch == '\u2029') {
				return true;
			}
		}
		return false;
	}

	private boolean endsInside(int end) {
		return end == this.text.length() && (end == 0 || this.text.charAt(end - 1) != '\n');
	}

}
