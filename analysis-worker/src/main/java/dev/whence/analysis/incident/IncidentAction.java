package dev.whence.analysis.incident;

import java.util.Set;
import java.util.UUID;

/** What a person can do with an incident. */
sealed interface IncidentAction {

	/** Move it along its life. */
	record Move(IncidentTransition transition) implements IncidentAction {
	}

	/**
	 * Give it to somebody.
	 *
	 * @param assignee a name or an address; empty to take it back
	 */
	record Assign(String assignee) implements IncidentAction {
	}

	/** Only say something. */
	record Remark() implements IncidentAction {
	}

	/** Leave it alone for a while. */
	record Rest(Snooze.Terms terms) implements IncidentAction {
	}

	/** It is part of another one. */
	record Merge(UUID into) implements IncidentAction {
	}

	/**
	 * Some of it is another one.
	 *
	 * @param fingerprints wherever the trouble began with one of these problems leaves
	 * @param traces these leave, too
	 */
	record Split(Set<String> fingerprints, Set<String> traces) implements IncidentAction {
	}

	/** Resolve it, and never open one for the problems it began with. */
	record Ignore() implements IncidentAction {
	}

}
