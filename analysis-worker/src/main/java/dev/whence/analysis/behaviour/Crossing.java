package dev.whence.analysis.behaviour;

import java.util.ArrayList;
import java.util.List;

/** One call from a service to another that the caller waited for, seen from both ends. */
public record Crossing(Execution caller, Execution callee) {

	private static final double NANOS_PER_MILLISECOND = 1e6;

	public Edge edge() {
		return new Edge(this.caller.service(), this.callee.service());
	}

	/** How much longer the call took than the callee did, milliseconds. */
	public double gapMilliseconds() {
		return gapNanos() / NANOS_PER_MILLISECOND;
	}

	long gapNanos() {
		return this.caller.gapNanos(this.callee);
	}

	static List<Crossing> in(List<Execution> executions) {
		List<Crossing> crossings = new ArrayList<>();
		for (Execution execution : executions) {
			for (Execution child : execution.children()) {
				if (execution.waitsOn(child)) {
					crossings.add(new Crossing(execution, child));
				}
			}
		}
		return List.copyOf(crossings);
	}

}
