package dev.whence.analysis.behaviour;

import java.util.Set;

/**
 * What one execution did: which steps it took and which was the last. Executions that
 * took the same course are counted together.
 *
 * @param steps without the start; empty for an execution that shows nothing of itself
 * @param last the start when there is no other
 */
public record Course(Set<Step> steps, Step last) {

	public Course {
		steps = Set.copyOf(steps);
	}

	public boolean isEmpty() {
		return this.steps.isEmpty();
	}

	/** Whether it took the step; every course has the start. */
	public boolean has(Step step) {
		return step.equals(Step.START) || this.steps.contains(step);
	}

}
