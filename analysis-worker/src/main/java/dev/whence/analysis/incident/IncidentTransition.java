package dev.whence.analysis.incident;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The moves that need nothing but their name; the verb is the last part of the path. A
 * move to where the incident is already is no mistake, it changes nothing.
 */
enum IncidentTransition {

	ACKNOWLEDGE("acknowledge", "acknowledged", IncidentStatus.INVESTIGATING,
			EnumSet.of(IncidentStatus.OPEN, IncidentStatus.SNOOZED)),
	RESOLVE("resolve", "resolved", IncidentStatus.RESOLVED,
			EnumSet.of(IncidentStatus.OPEN, IncidentStatus.INVESTIGATING, IncidentStatus.SNOOZED)),
	CLOSE("close", "closed", IncidentStatus.CLOSED,
			EnumSet.of(IncidentStatus.OPEN, IncidentStatus.INVESTIGATING, IncidentStatus.SNOOZED,
					IncidentStatus.RESOLVED)),
	REOPEN("reopen", "reopened", IncidentStatus.OPEN,
			EnumSet.of(IncidentStatus.SNOOZED, IncidentStatus.RESOLVED, IncidentStatus.CLOSED));

	private final String verb;

	private final String change;

	private final IncidentStatus target;

	private final Set<IncidentStatus> from;

	IncidentTransition(String verb, String change, IncidentStatus target, Set<IncidentStatus> from) {
		this.verb = verb;
		this.change = change;
		this.target = target;
		this.from = from;
	}

	static Optional<IncidentTransition> of(String verb) {
		return Arrays.stream(values()).filter((transition) -> transition.verb.equals(verb)).findFirst();
	}

	String verb() {
		return this.verb;
	}

	String change() {
		return this.change;
	}

	IncidentStatus target() {
		return this.target;
	}

	boolean startsFrom(IncidentStatus status) {
		return this.from.contains(status);
	}

}
