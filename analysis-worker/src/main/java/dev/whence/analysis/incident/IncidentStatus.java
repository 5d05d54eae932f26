package dev.whence.analysis.incident;

/**
 * The life of an incident. INVESTIGATING is the original's word for acknowledged; MERGED
 * is the end: what it was about belongs to another one.
 */
public enum IncidentStatus {

	OPEN, INVESTIGATING, SNOOZED, RESOLVED, CLOSED, MERGED;

	/** Whether the trouble is still on. */
	boolean isActive() {
		return this == OPEN || this == INVESTIGATING || this == SNOOZED;
	}

	/** Whether the trouble is over and may come back. */
	boolean isOver() {
		return this == RESOLVED || this == CLOSED;
	}

	/** The value of the original API, which knows four. */
	String original() {
		return switch (this) {
			case OPEN -> "open";
			case INVESTIGATING, SNOOZED -> "investigating";
			case RESOLVED -> "resolved";
			case CLOSED, MERGED -> "closed";
		};
	}

	/** The value that tells all states apart. */
	String state() {
		return switch (this) {
			case OPEN -> "open";
			case INVESTIGATING -> "acknowledged";
			case SNOOZED -> "snoozed";
			case RESOLVED -> "resolved";
			case CLOSED -> "closed";
			case MERGED -> "merged";
		};
	}

}
