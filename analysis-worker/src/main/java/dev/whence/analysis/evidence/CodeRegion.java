package dev.whence.analysis.evidence;

import java.util.Set;

import dev.whence.analysis.behaviour.Step;
import org.jspecify.annotations.Nullable;

/**
 * Between which two steps of an operation its course was left.
 *
 * @param to null when nothing usually follows
 */
record CodeRegion(Step from, @Nullable Step to) {

	/** Steps can be whole log lines. */
	private static final int LONGEST_STEP = 90;

	/**
	 * Before a lost step. When the one before it was lost too, and the one before that,
	 * the course was left before the first of them.
	 */
	static CodeRegion ofLost(Step step, StepCounts normal, Set<Step> lost) {
		Step to = step;
		Step from = normal.usuallyBefore(to);
		for (int walked = 0; walked < lost.size() && lost.contains(from); walked++) {
			to = from;
			from = normal.usuallyBefore(to);
		}
		return new CodeRegion(from, to);
	}

	static CodeRegion ofNew(Step step, StepCounts now) {
		return new CodeRegion(now.usuallyBefore(step), step);
	}

	static CodeRegion ofAborted(Step last, StepCounts normal) {
		return new CodeRegion(last, normal.usuallyAfter(last));
	}

	/** {@code A > B}, or {@code A} when nothing follows. */
	String say() {
		String first = shortened(this.from.label());
		return (this.to != null) ? first + " > " + shortened(this.to.label()) : first;
	}

	/** A step as a sentence has room for it. */
	static String shortened(String text) {
		return (text.length() <= LONGEST_STEP) ? text : text.substring(0, LONGEST_STEP - 3) + "...";
	}

}
