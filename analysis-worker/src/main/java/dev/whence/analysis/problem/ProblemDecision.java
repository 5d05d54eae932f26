package dev.whence.analysis.problem;

import java.util.Arrays;
import java.util.Optional;

/** What people decide about a kind of problem; the verb is the last part of the path. */
enum ProblemDecision {

	/** It opens no incident until somebody takes that back. */
	IGNORE("ignore", "ignored", "ignored_at = now()", "ignored_at is null"),

	/** It is as it was before. */
	UNIGNORE("unignore", "unignored", "ignored_at = null", "ignored_at is not null"),

	/** It is over; seen again it has come back. */
	RESOLVE("resolve", "resolved", "resolved_at = now(), ignored_at = null",
			"(resolved_at is null or resolved_at < last_seen or ignored_at is not null)");

	private final String verb;

	private final String change;

	private final String assignment;

	private final String condition;

	ProblemDecision(String verb, String change, String assignment, String condition) {
		this.verb = verb;
		this.change = change;
		this.assignment = assignment;
		this.condition = condition;
	}

	static Optional<ProblemDecision> of(String verb) {
		return Arrays.stream(values()).filter((decision) -> decision.verb.equals(verb)).findFirst();
	}

	String change() {
		return this.change;
	}

	/** In SQL, what it sets. */
	String assignment() {
		return this.assignment;
	}

	/** In SQL, where it would change something. */
	String condition() {
		return this.condition;
	}

}
