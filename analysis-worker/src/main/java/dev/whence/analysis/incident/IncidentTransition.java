package dev.whence.analysis.incident;

import java.util.Arrays;
import java.util.Optional;

/** What a person can do with an incident; the verb is the last part of the path. */
enum IncidentTransition {

	ACKNOWLEDGE("acknowledge", "acknowledged", IncidentStatus.INVESTIGATING),
	RESOLVE("resolve", "resolved", IncidentStatus.RESOLVED), CLOSE("close", "closed", IncidentStatus.CLOSED),
	REOPEN("reopen", "reopened", IncidentStatus.OPEN);

	private final String verb;

	private final String change;

	private final IncidentStatus target;

	IncidentTransition(String verb, String change, IncidentStatus target) {
		this.verb = verb;
		this.change = change;
		this.target = target;
	}

	static Optional<IncidentTransition> of(String verb) {
		return Arrays.stream(values()).filter((transition) -> transition.verb.equals(verb)).findFirst();
	}

	String change() {
		return this.change;
	}

	IncidentStatus target() {
		return this.target;
	}

}
