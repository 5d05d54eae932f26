package dev.whence.analysis.evidence;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

import dev.whence.analysis.behaviour.Course;
import dev.whence.analysis.behaviour.Habit;
import dev.whence.analysis.behaviour.Step;
import dev.whence.analysis.behaviour.Transition;
import org.jspecify.annotations.Nullable;

/**
 * How often the steps of an operation were seen, alone and two by two, expanded once from
 * its courses: answers in constant time what {@link Habit} would count anew.
 */
final class StepCounts {

	private final Map<Step, Integer> places = new HashMap<>();

	private final SortedSet<Step> steps = new TreeSet<>();

	private final SortedMap<Transition, Integer> transitions = new TreeMap<>();

	private final Set<Step> errors = new HashSet<>();

	private final int[][] together;

	private final int[] ended;

	private StepCounts(List<Habit> habits) {
		Map<Course, Integer> courses = new HashMap<>();
		for (Habit habit : habits) {
			habit.courses().forEach((course, count) -> courses.merge(course, count, Integer::sum));
			habit.transitions().forEach((transition, count) -> this.transitions.merge(transition, count, Integer::sum));
			this.errors.addAll(habit.errors());
		}
		courses.keySet().forEach((course) -> this.steps.addAll(course.steps()));
		this.places.put(Step.START, 0);
		this.steps.forEach((step) -> this.places.put(step, this.places.size()));
		this.together = new int[this.places.size()][this.places.size()];
		this.ended = new int[this.places.size()];
		courses.forEach(this::add);
	}

	static StepCounts of(List<Habit> habits) {
		return new StepCounts(habits);
	}

	private void add(Course course, int count) {
		int[] taken = new int[course.steps().size() + 1];
		int next = 1;
		for (Step step : course.steps()) {
			taken[next++] = place(step);
		}
		for (int one : taken) {
			for (int other : taken) {
				this.together[one][other] += count;
			}
		}
		this.ended[place(course.last())] += count;
	}

	/** All steps in their natural order, without the start. */
	SortedSet<Step> steps() {
		return this.steps;
	}

	Set<Step> errors() {
		return this.errors;
	}

	int executions() {
		return this.together[0][0];
	}

	int seen(Step step) {
		return together(step, step);
	}

	int together(Step one, Step other) {
		int first = place(one);
		int second = place(other);
		return (first >= 0 && second >= 0) ? this.together[first][second] : 0;
	}

	int ended(Step step) {
		int place = place(step);
		return (place >= 0) ? this.ended[place] : 0;
	}

	/**
	 * Executions that could have taken another step besides this one: all that took it
	 * and, for the start, show anything of themselves.
	 */
	int telling(Step step) {
		return seen(step) - (step.equals(Step.START) ? ended(step) : 0);
	}

	/** The step that comes before it most often; the start when that is not known. */
	Step usuallyBefore(Step step) {
		Step before = mostFrequent((transition) -> transition.to().equals(step), Transition::from);
		return (before != null) ? before : Step.START;
	}

	/** The step that follows it most often; null when none does. */
	@Nullable Step usuallyAfter(Step step) {
		return mostFrequent((transition) -> transition.from().equals(step), Transition::to);
	}

	private @Nullable Step mostFrequent(Predicate<Transition> condition, Function<Transition, Step> end) {
		Step found = null;
		int most = 0;
		for (Map.Entry<Transition, Integer> entry : this.transitions.entrySet()) {
			if (entry.getValue() > most && condition.test(entry.getKey())) {
				most = entry.getValue();
				found = end.apply(entry.getKey());
			}
		}
		return found;
	}

	/** Negative when the step was never taken. */
	private int place(Step step) {
		return this.places.getOrDefault(step, -1);
	}

}
