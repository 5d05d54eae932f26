package dev.whence.analysis.evidence;

import dev.whence.analysis.behaviour.Course;
import dev.whence.analysis.behaviour.Operation;
import dev.whence.analysis.behaviour.Step;

/**
 * An operation takes another course than it does in normal time.
 *
 * @param step the step that was lost or is new, or after which executions end
 * @param anchor the step that the lost one goes with; otherwise the start or the step
 * itself
 * @param surprise see {@link dev.whence.analysis.statistics.Surprise}, weighed by how
 * much the rate changed
 * @param hits in how many executions of the window the step is still seen, or new, or
 * last
 * @param trials in how many it could be
 * @param normalShare how many there are in normal time, per trial
 * @param region where in the code
 */
record Deviation(Operation operation, Kind kind, Step step, Step anchor, double surprise, int hits, int trials,
		double normalShare, CodeRegion region) {

	enum Kind {

		LOST, NEW, ABORTED

	}

	/** Of which is known no more than the step. */
	Deviation(Operation operation, Kind kind, Step step, Step anchor, double surprise, int hits, int trials,
			double normalShare) {
		this(operation, kind, step, anchor, surprise, hits, trials, normalShare, new CodeRegion(step, null));
	}

	Deviation at(CodeRegion region) {
		return new Deviation(this.operation, this.kind, this.step, this.anchor, this.surprise, this.hits, this.trials,
				this.normalShare, region);
	}

	/** Whether an execution of the operation with that course shows the deviation. */
	boolean isShownBy(Course course) {
		return switch (this.kind) {
			case LOST -> !course.isEmpty() && course.has(this.anchor) && !course.has(this.step);
			case NEW -> course.has(this.step);
			case ABORTED -> course.last().equals(this.step);
		};
	}

	/** An execution that shows nothing of itself: its telemetry may be lost. */
	boolean isSilence() {
		return this.kind == Kind.ABORTED && this.step.equals(Step.START);
	}

}
