package dev.whence.analysis.evidence;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.whence.analysis.behaviour.Execution;

/**
 * The executions that show something, the earliest first; never none.
 */
record Witnesses(List<Execution> executions) {

	/** As many as a person looks at. */
	static final int NAMED = 3;

	Witnesses {
		if (executions.isEmpty()) {
			throw new IllegalArgumentException("no execution shows it");
		}
	}

	/**
	 * @param executions in the order of the window
	 */
	static Witnesses of(List<Execution> executions) {
		return new Witnesses(List.copyOf(executions));
	}

	Execution first() {
		return this.executions.getFirst();
	}

	List<UUID> spans() {
		return this.executions.stream().limit(NAMED).map((execution) -> execution.span().signalId()).toList();
	}

	String traceId() {
		return first().span().traceId().value();
	}

	Instant at() {
		return first().span().timestamp();
	}

}
