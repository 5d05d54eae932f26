package dev.whence.analysis.behaviour;

import java.util.Map;
import java.util.Set;

/**
 * Counters of what the services did in one block of time.
 *
 * @param executions of each operation
 * @param seen executions in which the step occurred
 * @param pairs executions in which both steps occurred
 * @param ends executions that ended right after the step
 * @param errors steps that say error
 * @param gaps per call, how long it took beyond what the callee spent, milliseconds
 * @param own per operation, how long it worked itself, milliseconds
 * @param calling operations that call other services
 */
public record Conduct(Map<Operation, Integer> executions, Map<Step, Integer> seen, Map<Pair, Integer> pairs,
		Map<Step, Integer> ends, Set<Step> errors, Map<Edge, double[]> gaps, Map<Operation, double[]> own,
		Set<Operation> calling) {

	/** What a service does, named as its spans are. */
	public record Operation(String service, String name) {
	}

	/**
	 * A step of an operation: a log statement, a call, or the start.
	 *
	 * @param event {@code L:} and the statement, {@code C:service|name}, or {@code ^}
	 */
	public record Step(Operation operation, String event) {
	}

	/** Two steps of an operation. */
	public record Pair(Operation operation, String first, String second) {
	}

	/** A call between two services. */
	public record Edge(String caller, String callee) {
	}

}
