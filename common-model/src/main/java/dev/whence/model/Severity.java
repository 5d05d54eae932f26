package dev.whence.model;

import java.util.Locale;

/** How much a problem matters, least first. Severities are only ever raised. */
public enum Severity {

	LOW, MEDIUM, HIGH, CRITICAL;

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
