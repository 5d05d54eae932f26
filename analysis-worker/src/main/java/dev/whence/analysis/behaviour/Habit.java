package dev.whence.analysis.behaviour;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How an operation was executed in a block of time.
 *
 * @param courses how many executions took each course
 * @param transitions how many executions went from one step straight to the other; says
 * in which order the steps of a course usually come
 * @param errors the steps that said error at least once
 * @param own how long each execution worked itself, its children's time taken off
 * @param calling whether its spans measure calls of other services: what they take beyond
 * the callee is the network's time then, not its own
 */
public record Habit(Map<Course, Integer> courses, Map<Transition, Integer> transitions, Set<Step> errors, Durations own,
		boolean calling) {

	/**
	 * An operation that takes more different steps has no habit: its statements carry
	 * data that no mask caught.
	 */
	static final int MOST_STEPS = 100;

	public Habit {
		courses = Map.copyOf(courses);
		transitions = Map.copyOf(transitions);
		errors = Set.copyOf(errors);
	}

	public static Habit none() {
		return new Habit(Map.of(), Map.of(), Set.of(), Durations.none(), false);
	}

	public int executions() {
		return this.courses.values().stream().mapToInt(Integer::intValue).sum();
	}

	/** Executions that took the step. */
	public int seen(Step step) {
		return count((course) -> course.has(step));
	}

	/** Executions that took both steps. */
	public int together(Step one, Step other) {
		return count((course) -> course.has(one) && course.has(other));
	}

	/** Executions of which the step was the last. */
	public int ended(Step step) {
		return count((course) -> course.last().equals(step));
	}

	/** All steps that were taken, without the start. */
	public Set<Step> steps() {
		Set<Step> steps = new HashSet<>();
		this.courses.keySet().forEach((course) -> steps.addAll(course.steps()));
		return steps;
	}

	/** Whether the steps are few enough to expect the same ones again. */
	public boolean isSettled() {
		Set<Step> steps = steps();
		return steps.size() <= MOST_STEPS && !steps.contains(Step.ANYTHING);
	}

	/** Both together, as if counted in one block of time. */
	public Habit plus(Habit other) {
		Set<Step> bothErrors = new HashSet<>(this.errors);
		bothErrors.addAll(other.errors);
		return new Habit(sum(this.courses, other.courses), sum(this.transitions, other.transitions), bothErrors,
				this.own.plus(other.own), this.calling || other.calling);
	}

	static Habit of(Collection<Execution> executions) {
		Map<Course, Integer> courses = new HashMap<>();
		Map<Transition, Integer> transitions = new HashMap<>();
		Set<Step> errors = new HashSet<>();
		boolean calling = false;
		for (Execution execution : executions) {
			courses.merge(execution.course(), 1, Integer::sum);
			execution.transitions().forEach((transition) -> transitions.merge(transition, 1, Integer::sum));
			execution.events().stream().filter(Execution.Event::error).map(Execution.Event::step).forEach(errors::add);
			calling = calling || execution.children().stream().anyMatch(execution::waitsOn);
		}
		long[] own = executions.stream().mapToLong(Execution::ownNanos).toArray();
		return new Habit(courses, transitions, errors, Durations.of(own), calling);
	}

	private static <T> Map<T, Integer> sum(Map<T, Integer> one, Map<T, Integer> other) {
		Map<T, Integer> sum = new HashMap<>(one);
		other.forEach((key, count) -> sum.merge(key, count, Integer::sum));
		return sum;
	}

	private int count(Predicate<Course> condition) {
		int count = 0;
		for (Map.Entry<Course, Integer> entry : this.courses.entrySet()) {
			if (condition.test(entry.getKey())) {
				count += entry.getValue();
			}
		}
		return count;
	}

}
