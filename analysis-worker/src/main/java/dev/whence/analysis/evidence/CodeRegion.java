package dev.whence.analysis.evidence;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

import dev.whence.analysis.behaviour.Execution;
import dev.whence.analysis.behaviour.Step;
import org.jspecify.annotations.Nullable;

/** Between which two steps of an operation the course was left. */
final class CodeRegion {

	private static final String BETWEEN = " > ";

	private CodeRegion() {
	}

	/**
	 * @param showing the executions that show the deviation, at least one
	 * @param all all executions of the operation in the window
	 */
	static String of(Deviation deviation, List<Execution> showing, List<Execution> all) {
		Step step = deviation.step();
		return switch (deviation.kind()) {
			case LOST -> {
				Step before = mostCommon(all, step, CodeRegion::predecessor);
				yield (before != null) ? say(before) + BETWEEN + say(step) : say(step);
			}
			case NEW -> {
				Step before = predecessor(showing.getFirst(), step);
				yield say((before != null) ? before : Step.START) + BETWEEN + say(step);
			}
			case ABORTED -> {
				Step after = mostCommon(all, step, CodeRegion::successor);
				yield say(step) + BETWEEN + ((after != null) ? say(after) : "end");
			}
		};
	}

	static String say(Step step) {
		return Phrase.shortened(step.label());
	}

	private static @Nullable Step mostCommon(List<Execution> executions, Step step,
			BiFunction<Execution, Step, @Nullable Step> neighbour) {
		Map<Step, Integer> count = new TreeMap<>();
		for (Execution execution : executions) {
			Step found = neighbour.apply(execution, step);
			if (found != null) {
				count.merge(found, 1, Integer::sum);
			}
		}
		return count.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey).orElse(null);
	}

	/** What came before the step where it was first taken; null where it was not. */
	private static @Nullable Step predecessor(Execution execution, Step step) {
		Step before = Step.START;
		for (Execution.Event event : execution.events()) {
			if (event.step().equals(step)) {
				return before;
			}
			before = event.step();
		}
		return null;
	}

	/** What came after the step where it was last taken; null where nothing did. */
	private static @Nullable Step successor(Execution execution, Step step) {
		Step after = null;
		for (Execution.Event event : execution.events().reversed()) {
			if (event.step().equals(step)) {
				return after;
			}
			after = event.step();
		}
		return step.equals(Step.START) ? after : null;
	}

}
