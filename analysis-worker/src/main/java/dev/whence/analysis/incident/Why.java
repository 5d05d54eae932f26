package dev.whence.analysis.incident;

import java.util.Map;

/**
 * Why something is part of an incident.
 *
 * @param rule which rule put it there, for programs, e.g. {@code same-service}
 * @param matched what matched, by field
 * @param reason both in one sentence, for a person
 */
record Why(String rule, Map<String, String> matched, String reason) {

	/** A person put it there. */
	static Why said(String actor, String verb) {
		return new Why("manual", Map.of("actor", actor), verb + " by " + actor);
	}

}
