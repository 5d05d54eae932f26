package dev.whence.model;

import java.util.Locale;

/** How much a problem matters, least first. Severities are only ever raised. */
public enum Severity {

	LOW(0), MEDIUM(1), HIGH(2), CRITICAL(3);

	private static final Codes<Severity> CODES = new Codes<>(values(), Severity::code);

	private final int code;

	Severity(int code) {
		this.code = code;
	}

	/**
	 * The inverse of {@link #code()}.
	 * @throws IllegalArgumentException for a number that stands for nothing
	 */
	public static Severity ofCode(int code) {
		return CODES.get(code);
	}

	/** The number under which it is stored, which never changes. */
	public int code() {
		return this.code;
	}

	public boolean isAtLeast(Severity other) {
		return compareTo(other) >= 0;
	}

	/** The graver of the two. */
	public Severity escalate(Severity other) {
		return isAtLeast(other) ? this : other;
	}

	/** The lower-case form of the query API. */
	public String wireName() {
		return name().toLowerCase(Locale.ROOT);
	}

}
