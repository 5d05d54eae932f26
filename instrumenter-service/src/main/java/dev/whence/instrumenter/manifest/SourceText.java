package dev.whence.instrumenter.manifest;

/**
 * A text with its lines.
 *
 * @param eol what new lines end with: what the text's first line ends with
 */
record SourceText(String text, String eol) {

	static SourceText of(String text) {
		int newline = text.indexOf('\n');
		return new SourceText(text, (newline > 0 && text.charAt(newline - 1) == '\r') ? "\r\n" : "\n");
	}

	/** The first character of the line that holds the offset. */
	int lineStart(int offset) {
		return this.text.lastIndexOf('\n', offset - 1) + 1;
	}

	/** One past the line's terminator, or the end of the text. */
	int lineEnd(int offset) {
		int newline = this.text.indexOf('\n', offset);
		return (newline < 0) ? this.text.length() : newline + 1;
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

	/** Whether only white space stands between the line's start and the offset. */
	boolean opensLine(int offset) {
		return this.text.substring(lineStart(offset), offset).isBlank();
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
