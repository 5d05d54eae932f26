package dev.whence.analysis.incident;

/** The life of an incident. INVESTIGATING means that somebody has acknowledged it. */
public enum IncidentStatus {

	OPEN, INVESTIGATING, RESOLVED, CLOSED;

	boolean isActive() {
		return this == OPEN || this == INVESTIGATING;
	}

}
