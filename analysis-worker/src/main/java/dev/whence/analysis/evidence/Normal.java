package dev.whence.analysis.evidence;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.whence.analysis.behaviour.Conduct;
import dev.whence.analysis.behaviour.Durations;
import dev.whence.analysis.behaviour.Habit;
import dev.whence.analysis.behaviour.Operation;
import org.jspecify.annotations.Nullable;

/**
 * What the window is compared with. The time just before it is no reference, because an
 * alarm may be late; but it stands in for what normal time hardly knows.
 *
 * @param reference normal blocks of time
 * @param before the time just before the window; empty when unknown
 * @param standIn the same, empty when it is the reference already
 */
record Normal(List<Conduct> reference, Conduct before, Conduct standIn) {

	/** Fewer executions or durations say little. */
	static final int FEW = 5;

	static Normal of(@Nullable Conduct before, List<Conduct> reference) {
		Conduct known = (before != null) ? before : Conduct.none();
		return reference.isEmpty() ? new Normal(List.of(known), known, Conduct.none())
				: new Normal(List.copyOf(reference), known, known);
	}

	/**
	 * How the operation is executed, block by block; blocks in which its steps were too
	 * many to be compared are left out.
	 */
	List<Habit> habits(Operation operation) {
		int executions = this.reference.stream().mapToInt((block) -> block.executions(operation)).sum();
		Stream<Conduct> blocks = this.reference.stream();
		return ((executions < FEW) ? Stream.concat(blocks, Stream.of(this.standIn)) : blocks)
			.map((block) -> block.habit(operation))
			.filter((habit) -> habit.executions() > 0 && habit.isSettled())
			.toList();
	}

	/** Durations in the reference, with those just before where they are few. */
	Durations durations(Function<Conduct, Durations> of) {
		Durations durations = Durations.sum(this.reference.stream().map(of).toList());
		return (durations.size() < FEW) ? durations.plus(of.apply(this.standIn)) : durations;
	}

	/** Whether the operation's spans measure calls in any block. */
	boolean isCalling(Operation operation) {
		return Stream.concat(this.reference.stream(), Stream.of(this.before))
			.anyMatch((block) -> block.habit(operation).calling());
	}

}
