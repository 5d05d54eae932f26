package dev.whence.model;

import java.util.Set;

/**
 * Reads one line from left to right and tells values from words; a pattern per kind of
 * value would read it a dozen times, and some would read it in quadratic time.
 */
final class MaskScanner {

	/** What may follow a number and belongs to it. */
	private static final Set<String> UNITS = Set.of("B", "kB", "KB", "MB", "GB", "TB", "KiB", "MiB", "GiB", "TiB", "ns",
			"us", "µs", "ms", "s", "sec", "secs", "second", "seconds", "min", "mins", "minute", "minutes", "hour",
			"hours", "day", "days", "byte", "bytes", "millis", "milliseconds", "AM", "PM", "UTC", "GMT", "CET", "CEST",
			"EST", "EDT", "PST", "PDT");

	/** Values of every language. */
	private static final Set<String> LITERALS = Set.of("true", "false", "True", "False", "null", "nil", "None");

	private static final int LONGEST_UNIT = 12;

	private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH",
			"CONNECT", "TRACE");

	/** Of two labels, only with these is a word a host; "main.py" is none. */
	private static final Set<String> DOMAINS = Set.of("com", "net", "org", "local", "internal", "lan");

	private static final String AFTER_QUOTE = " ,;.:)]}!?>";

	private static final int UUID_LENGTH = 36;

	/** Shorter words of a to f are words. */
	private static final int HEX_WORD = 8;

	private static final byte LETTER = 1;

	private static final byte DIGIT = 2;

	/** Holds the parts of one word together. */
	private static final byte GLUE = 3;

	private static final byte BLANK = 4;

	private static final byte[] CLASSES = new byte[128];

	static {
		for (char c = 0; c < CLASSES.length; c++) {
			CLASSES[c] = (c == '_' || c == '$' || Character.isLetter(c)) ? LETTER : Character.isDigit(c) ? DIGIT
					: (".-@#*+/~\\".indexOf(c) >= 0) ? GLUE : (c <= ' ' || c == 127) ? BLANK : 0;
		}
	}

	private final String line;

	private final int length;

	private final MaskedText out;

	private final KeyedValues keyed;

	private boolean inJsonText;

	/** From here on, no quote of that kind closes; beyond the length: not known. */
	private int noClosing = Integer.MAX_VALUE;

	private int at;

	MaskScanner(String line) {
		this.line = line;
		this.length = line.length();
		this.out = new MaskedText(this.length + 8);
		this.keyed = new KeyedValues(line);
	}

	String masked() {
		while (this.at < this.length) {
			char c = this.line.charAt(this.at);
			byte kind = kind(c);
			if (kind == BLANK) {
				this.out.blank();
				this.at++;
			}
			else if (kind != 0 || isVariable(this.at) || isColonOfAddress(c)) {
				chunk();
			}
			else {
				mark(c);
			}
		}
		return this.out.text();
	}

	private void mark(char c) {
		boolean quote = c == '"' || c == '\'' || c == '`';
		if (quote && !this.keyed.inJson() && quotedValue(c)) {
			return;
		}
		// "lifetime <1 s", but not the "<34>" of a syslog line
		if ((c == '<' || c == '>') && kindAt(this.at + 1) == DIGIT && !isBracketed()
				&& (this.at == 0 || kindAt(this.at - 1) == BLANK || this.line.charAt(this.at - 1) == '(')) {
			this.at++;
			return;
		}
		this.out.mark(c);
		this.at++;
		if ((c == ')' || c == ']') && this.out.isInList()) {
			this.at = endOfRest(this.at);
		}
		if (this.keyed.inJson()) {
			jsonMark(c);
		}
		else if (c == '=') {
			int end = this.keyed.endAfterEquals(this.at - 1);
			if (end >= 0) {
				value(end);
			}
		}
	}

	private void jsonMark(char c) {
		if (c == '"' && (this.at < 2 || this.line.charAt(this.at - 2) != '\\')) {
			this.inJsonText = !this.inJsonText;
		}
		else if (!this.inJsonText && c == ',') {
			this.out.blank();
		}
		else if (!this.inJsonText && c == ':') {
			this.out.blank();
			int end = this.keyed.endAfterColon(this.at - 1);
			if (end >= 0) {
				value(end);
			}
		}
	}

	private boolean isBracketed() {
		int end = this.at + 1;
		while (end < this.length && kind(this.line.charAt(end)) == DIGIT) {
			end++;
		}
		return end < this.length && this.line.charAt(end) == '>';
	}

	/** A value in quotes that stands in a sentence; what follows a key is read on. */
	private boolean quotedValue(char quote) {
		int from = this.at + 1;
		if (this.at == 0 || kindAt(this.at - 1) != BLANK || !isAmongWords() || from >= this.noClosing
				|| from >= this.length || kindAt(from) == BLANK || isRequest(from)) {
			return false;
		}
		for (int end = from; end < this.length; end++) {
			if (this.line.charAt(end) == quote && end > from
					&& (end + 1 == this.length || AFTER_QUOTE.indexOf(this.line.charAt(end + 1)) >= 0)) {
				value(end + 1);
				return true;
			}
		}
		if (quote == '"') {
			this.noClosing = from;
		}
		return false;
	}

	private boolean isAmongWords() {
		char last = this.out.last();
		return Character.isLetter(last) || last == '"' || this.out.isInList();
	}

	private boolean isRequest(int from) {
		int to = from;
		while (to < this.length && to - from < LONGEST_UNIT && kind(this.line.charAt(to)) == LETTER) {
			to++;
		}
		return kindAt(to) == BLANK && METHODS.contains(this.line.substring(from, to));
	}

	// A chunk is a longest run of word characters and what glues them.
	private void chunk() {
		if (isLeader(this.at)) {
			leader();
			return;
		}
		int address = endOfAddress();
		if (address > 0) {
			value(address);
			return;
		}
		int from = this.at;
		int to = from;
		boolean varies = false;
		boolean letters = true;
		boolean hex = true;
		boolean glued = false;
		while (to < this.length) {
			char c = this.line.charAt(to);
			byte kind = kind(c);
			if (kind == LETTER) {
				hex &= isHex(c);
			}
			else if (kind == DIGIT) {
				varies = true;
			}
			else if (kind == GLUE) {
				if (isLeader(to)) {
					break;
				}
				glued = true;
				letters = false;
			}
			else if (isVariable(to)) {
				varies = true;
				to += 2;
			}
			else {
				break;
			}
			to++;
		}
		to = withoutDots(from + 1, to);
		if (letters && !varies) {
			word(from, to, hex);
		}
		else if (varies || isNameOfPlace(from, to)) {
			value(endOfQuery(from, to));
		}
		else if (glued && to - from == UUID_LENGTH && isUuid(from)) {
			value(to);
		}
		else {
			plain(from, to);
		}
	}

	/** Three and more of a mark are a line between words: "depth.......: 4", "=== x". */
	private boolean isLeader(int index) {
		char c = this.line.charAt(index);
		return kind(c) == GLUE && charAt(index + 1) == c && charAt(index + 2) == c;
	}

	private void leader() {
		char c = this.line.charAt(this.at);
		while (charAt(this.at) == c) {
			this.out.mark(c);
			this.at++;
		}
	}

	private void word(int from, int to, boolean hex) {
		if (this.line.startsWith("://", to)) {
			value(endOfUrl(to));
			return;
		}
		if (to - from == 1 && (this.line.startsWith(":\\", to) || this.line.startsWith(":/", to))) {
			value(endOfUrl(to));
			return;
		}
		if (to - from <= 5 && LITERALS.contains(this.line.substring(from, to))
				&& (isAfterKey() || this.out.isInList())) {
			value(to);
			return;
		}
		if (hex && to - from >= HEX_WORD) {
			value(to);
			return;
		}
		plain(from, to);
		int next = this.at;
		while (next < this.length && this.line.charAt(next) == ' ') {
			next++;
		}
		if (next == this.at || next == this.length) {
			return;
		}
		String word = (to - from > 7) ? "" : this.line.substring(from, to);
		boolean target = METHODS.contains(word) && (this.line.charAt(next) == '/' || this.line.charAt(next) == '*');
		boolean account = word.equals("user") && kind(this.line.charAt(next)) == LETTER
				&& (this.out.endsWith("for user") || this.out.endsWith("invalid user"));
		if (target || account) {
			this.out.blank();
			value(target ? endOfUrl(next) : endOfWord(next));
		}
	}

	private void plain(int from, int to) {
		this.at = this.out.word(this.line, from, to) ? endOfRest(to) : to;
	}

	/** Takes everything up to there as a value. */
	private void value(int end) {
		this.out.value();
		this.at = endOfRest(end);
	}

	/**
	 * What follows a value and belongs to it: units, a percent sign, glued characters.
	 */
	private int endOfRest(int end) {
		int to = end;
		for (int before = -1; before != to;) {
			before = to;
			to = withoutDots(to, endOfChunk(to));
			while (charAt(to) == '%') {
				to++;
			}
			int from = to;
			while (kindAt(from) == BLANK) {
				from++;
			}
			int unit = from;
			while (unit < this.length && unit - from <= LONGEST_UNIT && isLetter(this.line.charAt(unit))) {
				unit++;
			}
			boolean whole = kindAt(unit) != LETTER && kindAt(unit) != DIGIT;
			if (unit > from && whole && UNITS.contains(this.line.substring(from, unit))) {
				to = unit;
			}
		}
		return to;
	}

	private int endOfChunk(int from) {
		int to = from;
		while (to < this.length && (isVariable(to) || kindAt(to) != BLANK && kindAt(to) != 0)
				&& !(kindAt(to) == GLUE && isLeader(to))) {
			to += isVariable(to) ? MaskedText.VARIABLE.length() : 1;
		}
		return to;
	}

	/** The end of a sentence is none of the value's. */
	private int withoutDots(int from, int end) {
		int to = end;
		while (to > from && end - to < 2 && this.line.charAt(to - 1) == '.') {
			to--;
		}
		return to;
	}

	/** Whether a word of several parts names a file, a host or an account. */
	private boolean isNameOfPlace(int from, int to) {
		int parts = from;
		while (parts < to && kind(this.line.charAt(parts)) == GLUE) {
			parts++;
		}
		if (parts == to) {
			return to - from == 1 && this.line.charAt(from) == '/' && isAfterKey();
		}
		char first = this.line.charAt(from);
		boolean closesTag = from > 0 && this.line.charAt(from - 1) == '<';
		if (first == '/' || parts - from >= 2 && this.line.charAt(parts - 1) == '/') {
			return !closesTag && this.line.charAt(parts - 1) != '*';
		}
		if (first == '\\') {
			return this.line.startsWith("\\\\", from);
		}
		int atSign = this.line.indexOf('@', from, to);
		if (atSign > from && atSign < to - 1 && kind(this.line.charAt(atSign - 1)) == LETTER
				&& kind(this.line.charAt(atSign + 1)) == LETTER) {
			return true;
		}
		return isHost(from, to);
	}

	private boolean isAfterKey() {
		char last = this.out.last();
		return last == ':' || last == '=';
	}

	private boolean isHost(int from, int to) {
		int labels = 1;
		int label = from;
		for (int i = from; i < to; i++) {
			char c = this.line.charAt(i);
			if (c == '.') {
				if (i == label) {
					return false;
				}
				labels++;
				label = i + 1;
			}
			else if ((c < 'a' || c > 'z') && c != '-') {
				return false;
			}
		}
		if (to - label < 2 || this.line.charAt(from) == '-') {
			return false;
		}
		boolean port = this.line.startsWith(":", to) && kindAt(to + 1) == DIGIT;
		return labels >= 3 || labels == 2 && (port || DOMAINS.contains(this.line.substring(label, to)));
	}

	/** IPv6, hardware addresses and times; 0 when there is none. */
	private int endOfAddress() {
		int colons = 0;
		int group = 0;
		boolean digits = false;
		int to = this.at;
		if (to > 0 && this.line.charAt(to - 1) == ':') {
			return 0;
		}
		for (; to < this.length; to++) {
			char c = this.line.charAt(to);
			if (c == ':') {
				colons++;
				group = 0;
			}
			else if (isHexDigit(c) && group < 4) {
				group++;
				digits |= kind(c) == DIGIT;
			}
			else {
				break;
			}
		}
		byte next = kindAt(to);
		boolean whole = colons > 0 && next != LETTER && next != DIGIT && this.line.charAt(to - 1) != ':';
		return (whole && (colons >= 2 && digits || colons >= 5)) ? to : 0;
	}

	private boolean isColonOfAddress(char c) {
		return c == ':' && this.line.startsWith("::", this.at) && isHexDigit(charAt(this.at + 2))
				&& (this.at == 0 || kindAt(this.at - 1) == BLANK || this.line.charAt(this.at - 1) == '[')
				&& endOfAddress() > 0;
	}

	private int endOfUrl(int from) {
		int to = from;
		while (to < this.length && kind(this.line.charAt(to)) != BLANK
				&& "\"'`<>)]}|,;".indexOf(this.line.charAt(to)) < 0) {
			to++;
		}
		return Math.max(to, endOfVariables(to));
	}

	/** A place may be followed by a query. */
	private int endOfQuery(int from, int to) {
		return (this.line.startsWith("?", to) && this.line.indexOf('/', from, to) >= 0) ? endOfUrl(to) : to;
	}

	private int endOfVariables(int from) {
		int to = from;
		while (isVariable(to)) {
			to += MaskedText.VARIABLE.length();
		}
		return to;
	}

	private int endOfWord(int from) {
		int to = from;
		while (to < this.length && (kindAt(to) == LETTER || kindAt(to) == DIGIT || kindAt(to) == GLUE)) {
			to++;
		}
		return to;
	}

	private boolean isUuid(int from) {
		for (int i = 0; i < UUID_LENGTH; i++) {
			char c = this.line.charAt(from + i);
			boolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
			if (hyphen ? c != '-' : !isHexDigit(c)) {
				return false;
			}
		}
		return true;
	}

	private boolean isVariable(int index) {
		return this.line.startsWith(MaskedText.VARIABLE, index);
	}

	private char charAt(int index) {
		return (index < this.length) ? this.line.charAt(index) : 0;
	}

	private byte kindAt(int index) {
		return (index < this.length) ? kind(this.line.charAt(index)) : 0;
	}

	private static byte kind(char c) {
		if (c < CLASSES.length) {
			return CLASSES[c];
		}
		// Scripts without blanks: each character is a word.
		if (Character.isIdeographic(c) || c >= '\u3040' && c <= '\u30ff') {
			return 0;
		}
		return (Character.isLetter(c) || Character.isSurrogate(c)) ? LETTER
				: Character.isDigit(c) ? DIGIT : Character.isWhitespace(c) || Character.isSpaceChar(c) ? BLANK : 0;
	}

	private static boolean isLetter(char c) {
		return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == 'µ';
	}

	private static boolean isHex(char c) {
		return c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
	}

	private static boolean isHexDigit(char c) {
		return isHex(c) || c >= '0' && c <= '9';
	}

}
