package dev.whence.analysis.behaviour;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;

import dev.whence.model.LogRecord;
import dev.whence.model.Signal;

/**
 * The conduct of a window with the executions themselves.
 *
 * @param counters what was counted in it
 * @param executions what was counted, the earliest first
 * @param crossings the calls between services that were waited for
 * @param signals what it was read from
 */
public record ConductWindow(Conduct counters, List<Execution> executions, List<Crossing> crossings,
		Collection<? extends Signal> signals) {

	/** Reads what {@link Conduct#of} reads and keeps it. */
	public static ConductWindow of(Collection<? extends Signal> signals, Function<LogRecord, String> statement) {
		List<Execution> executions = Executions.of(signals, statement);
		return new ConductWindow(Conduct.of(executions), executions, Crossing.in(executions), signals);
	}

}
