package dev.whence.analysis.evidence;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.whence.analysis.behaviour.ConductWindow;
import dev.whence.analysis.behaviour.Execution;
import dev.whence.analysis.behaviour.Operation;

/** The executions of a window by operation, the earliest first. */
final class Executed {

	private final Map<Operation, List<Execution>> byOperation;

	private Executed(Map<Operation, List<Execution>> byOperation) {
		this.byOperation = byOperation;
	}

	static Executed in(ConductWindow window) {
		return new Executed(window.executions().stream().collect(Collectors.groupingBy(Execution::operation)));
	}

	List<Execution> of(Operation operation) {
		return this.byOperation.getOrDefault(operation, List.of());
	}

}
