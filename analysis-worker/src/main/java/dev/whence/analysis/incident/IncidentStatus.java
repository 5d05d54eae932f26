package dev.whence.analysis.incident;

/**
 * The life of an incident. INVESTIGATING means that somebody has acknowledged it, MERGED
 * that everything it consisted of is part of another one now.
 */
public enum IncidentStatus {

	OPEN, INVESTIGATING, RESOLVED, CLOSED, MERGED;

	boolean isActive() {
		return this == OPEN || this == INVESTIGATING;
	}

}
