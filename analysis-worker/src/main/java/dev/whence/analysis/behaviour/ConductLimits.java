package dev.whence.analysis.behaviour;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Keeps what is stored of a block of time small, whatever the telemetry says: nobody
 * makes it grow with new span names or with log lines that no mask catches. What is kept
 * is chosen by rank and never by chance, and the choice is unbiased.
 */
final class ConductLimits {

	static final int MOST_OPERATIONS = 500;

	static final int MOST_EDGES = 500;

	/** Of one operation or edge. */
	static final int MOST_DURATIONS = 200;

	/** Of one operation. */
	static final int MOST_COURSES = 200;

	/** Of one operation. */
	static final int MOST_TRANSITIONS = 200;

	/** Of names and statements, all operations together. */
	static final int MOST_CHARACTERS = 500_000;

	private ConductLimits() {
	}

	/**
	 * What is kept for good. Equal to the conduct when it is within the limits; doing it
	 * twice is doing it once.
	 */
	static Conduct apply(Conduct conduct) {
		return new Conduct(operations(conduct), edges(conduct));
	}

	/** The most executed operations, as long as their text has room. */
	private static SortedMap<Operation, Habit> operations(Conduct conduct) {
		SortedMap<Operation, Habit> kept = new TreeMap<>();
		List<Operation> mostExecuted = conduct.operations()
			.entrySet()
			.stream()
			.sorted(Comparator.comparing((Map.Entry<Operation, Habit> entry) -> -entry.getValue().executions())
				.thenComparing(Map.Entry::getKey))
			.limit(MOST_OPERATIONS)
			.map(Map.Entry::getKey)
			.toList();
		long characters = 0;
		for (Operation operation : mostExecuted) {
			Habit habit = apply(conduct.habit(operation));
			characters += characters(operation, habit);
			if (characters > MOST_CHARACTERS) {
				break;
			}
			kept.put(operation, habit);
		}
		return kept;
	}

	/** The most frequent calls. */
	private static SortedMap<Edge, Durations> edges(Conduct conduct) {
		return conduct.gaps()
			.entrySet()
			.stream()
			.sorted(Comparator.comparing((Map.Entry<Edge, Durations> entry) -> -entry.getValue().size())
				.thenComparing(Map.Entry::getKey))
			.limit(MOST_EDGES)
			.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> entry.getValue().thinned(MOST_DURATIONS),
					(one, _) -> one, TreeMap::new));
	}

	private static Habit apply(Habit habit) {
		Durations own = habit.own().thinned(MOST_DURATIONS);
		if (!habit.isSettled()) {
			Course anything = new Course(Set.of(Step.ANYTHING), Step.ANYTHING);
			return new Habit(Map.of(anything, habit.executions()), Map.of(), Set.of(), own, habit.calling());
		}
		return new Habit(sample(habit.courses()), mostFrequent(habit.transitions()), habit.errors(), own,
				habit.calling());
	}

	/**
	 * When there are too many courses, as many executions evenly spaced among all of them
	 * stand for the rest.
	 */
	private static Map<Course, Integer> sample(Map<Course, Integer> courses) {
		if (courses.size() <= MOST_COURSES) {
			return courses;
		}
		List<Map.Entry<Course, Integer>> inOrder = courses.entrySet()
			.stream()
			.sorted(Comparator.comparing((entry) -> spread(entry.getKey())))
			.toList();
		long executions = courses.values().stream().mapToLong(Integer::longValue).sum();
		Map<Course, Integer> kept = new HashMap<>();
		long passed = 0;
		int chosen = 0;
		for (Map.Entry<Course, Integer> entry : inOrder) {
			passed += entry.getValue();
			while (chosen < MOST_COURSES && chosen * executions / MOST_COURSES < passed) {
				kept.merge(entry.getKey(), 1, Integer::sum);
				chosen++;
			}
		}
		return kept;
	}

	private static Map<Transition, Integer> mostFrequent(Map<Transition, Integer> transitions) {
		if (transitions.size() <= MOST_TRANSITIONS) {
			return transitions;
		}
		return transitions.entrySet()
			.stream()
			.sorted(Map.Entry.<Transition, Integer>comparingByValue()
				.reversed()
				.thenComparing(Map.Entry.comparingByKey()))
			.limit(MOST_TRANSITIONS)
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

	/** Orders courses without regard to what they say, but always alike. */
	private static String spread(Course course) {
		String text = course.steps().stream().sorted().map(Step::label).collect(Collectors.joining("\n")) + "\n\n"
				+ course.last().label();
		return Integer.toHexString(Integer.reverse(text.hashCode() * 0x9e3779b9)) + text;
	}

	private static long characters(Operation operation, Habit habit) {
		return operation.toString().length() + habit.steps().stream().mapToLong((step) -> step.label().length()).sum();
	}

}
