package dev.whence.analysis.behaviour;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.whence.model.LogRecord;
import dev.whence.model.Signal;

/**
 * What the services did in one block of time: counters that add up. Counting two blocks
 * together and adding their counters is the same, as long as no trace is in both.
 *
 * @param operations how each operation was executed
 * @param gaps per pair of services, how much longer calls took than the callee did
 */
public record Conduct(SortedMap<Operation, Habit> operations, SortedMap<Edge, Durations> gaps) {

	public Conduct {
		operations = Collections.unmodifiableSortedMap(new TreeMap<>(operations));
		gaps = Collections.unmodifiableSortedMap(new TreeMap<>(gaps));
	}

	public static Conduct none() {
		return new Conduct(Collections.emptySortedMap(), Collections.emptySortedMap());
	}

	/**
	 * Counts the spans and the log records that say in which span they were written;
	 * everything else is passed over. Costs one look at each.
	 * @param statement which statement of the code wrote a record; see
	 * {@link LogStatements}
	 */
	public static Conduct of(Collection<? extends Signal> signals, Function<LogRecord, String> statement) {
		return of(Executions.of(signals, statement));
	}

	static Conduct of(List<Execution> executions) {
		SortedMap<Operation, Habit> operations = new TreeMap<>();
		executions.stream()
			.collect(Collectors.groupingBy(Execution::operation))
			.forEach((operation, some) -> operations.put(operation, Habit.of(some)));
		SortedMap<Edge, Durations> gaps = new TreeMap<>();
		Crossing.in(executions)
			.stream()
			.collect(Collectors.groupingBy(Crossing::edge))
			.forEach((edge, some) -> gaps.put(edge,
					Durations.of(some.stream().mapToLong(Crossing::gapNanos).toArray())));
		return new Conduct(operations, gaps);
	}

	/** How the operation was executed; {@link Habit#none} when it was not. */
	public Habit habit(Operation operation) {
		return this.operations.getOrDefault(operation, Habit.none());
	}

	public Durations gap(Edge edge) {
		return this.gaps.getOrDefault(edge, Durations.none());
	}

	public int executions(Operation operation) {
		return habit(operation).executions();
	}

	/** All services that executed anything. */
	public Set<String> services() {
		return this.operations.keySet().stream().map(Operation::service).collect(Collectors.toCollection(TreeSet::new));
	}

	/** Both together, as if counted in one block of time. */
	public Conduct plus(Conduct other) {
		SortedMap<Operation, Habit> bothOperations = new TreeMap<>(this.operations);
		other.operations.forEach((operation, habit) -> bothOperations.merge(operation, habit, Habit::plus));
		SortedMap<Edge, Durations> bothGaps = new TreeMap<>(this.gaps);
		other.gaps.forEach((edge, durations) -> bothGaps.merge(edge, durations, Durations::plus));
		return new Conduct(bothOperations, bothGaps);
	}

}
