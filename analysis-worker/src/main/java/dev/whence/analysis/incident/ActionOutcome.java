package dev.whence.analysis.incident;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** What came of an action. */
sealed interface ActionOutcome {

	/**
	 * It is as the action wants it.
	 *
	 * @param changed false when it was already
	 * @param splitOff the incident that was split off, if one was
	 */
	record Done(IncidentState incident, boolean changed, @Nullable UUID splitOff) implements ActionOutcome {
	}

	/** It is not where the action can start from, or not what the caller has seen. */
	record Conflicting(IncidentState incident, String reason) implements ActionOutcome {
	}

	/** One field of the action names something that does not do. */
	record Invalid(String field, String reason) implements ActionOutcome {
	}

	/** The project has no such incident. */
	record Unknown() implements ActionOutcome {
	}

}
