package dev.whence.analysis.evidence;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.whence.analysis.behaviour.ConductWindow;
import dev.whence.analysis.behaviour.Execution;
import dev.whence.analysis.behaviour.Operation;

/** The executions of a window by operation and by service, the earliest first. */
final class Executed {

	private final Map<Operation, List<Execution>> byOperation;

	private final Map<String, List<Execution>> byService;

	private Executed(List<Execution> executions) {
		this.byOperation = executions.stream().collect(Collectors.groupingBy(Execution::operation));
		this.byService = executions.stream().collect(Collectors.groupingBy(Execution::service));
	}

	static Executed in(ConductWindow window) {
		return new Executed(window.executions());
	}

	/** The instance of their service that alone shows it; see {@link Instances}. */
	String instance(List<Execution> showing) {
		return Instances.confining(showing, this.byService.getOrDefault(showing.getFirst().service(), List.of()));
	}

	List<Execution> of(Operation operation) {
		return this.byOperation.getOrDefault(operation, List.of());
	}

}
