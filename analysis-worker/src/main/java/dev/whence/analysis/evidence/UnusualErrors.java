package dev.whence.analysis.evidence;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;

import dev.whence.analysis.behaviour.Conduct;
import dev.whence.analysis.behaviour.Habit;
import dev.whence.analysis.behaviour.Operation;
import dev.whence.analysis.statistics.Surprise;

/**
 * How surprising it is that a service logs so many errors: per execution of each of its
 * operations, because another mix of traffic makes other errors.
 */
final class UnusualErrors {

	/** As with other steps: less than twice as many are another mix of requests. */
	private static final double MORE = 2;

	private final Conduct window;

	private final List<Conduct> normal;

	UnusualErrors(Conduct window, List<Conduct> normal) {
		this.window = window;
		this.normal = normal;
	}

	/**
	 * That of the operation in which they surprise most; empty when none is known to have
	 * logged any, or nothing is known of normal time.
	 */
	OptionalDouble surprise(String service) {
		Rate usual = usual((operation) -> operation.service().equals(service));
		if (usual.trials() == 0) {
			return OptionalDouble.empty();
		}
		return this.window.operations()
			.keySet()
			.stream()
			.filter((operation) -> operation.service().equals(service))
			.filter((operation) -> rate(this.window, operation::equals).hits() > 0)
			.mapToDouble((operation) -> surprise(operation, usual))
			.max();
	}

	private double surprise(Operation operation, Rate ofService) {
		Rate now = rate(this.window, operation::equals);
		int known = this.normal.stream().mapToInt((block) -> block.executions(operation)).sum();
		Rate usual = (known < Normal.FEW) ? ofService : usual(operation::equals);
		if (now.share() <= MORE * usual.share()) {
			return 0;
		}
		return Surprise.ofSoMany((int) now.hits(), (int) now.trials(), usual.hits(), usual.trials())
				* (1 - usual.share() / now.share());
	}

	private Rate usual(Predicate<Operation> which) {
		return Rate.pooled(this.normal.stream().map((block) -> rate(block, which)).toList());
	}

	/** Executions, and in how many of them an error was logged. */
	private static Rate rate(Conduct block, Predicate<Operation> which) {
		int hits = 0;
		int executions = 0;
		for (var entry : block.operations().entrySet()) {
			if (which.test(entry.getKey())) {
				Habit habit = entry.getValue();
				hits += habit.errors().stream().mapToInt(habit::seen).max().orElse(0);
				executions += habit.executions();
			}
		}
		return new Rate(executions, hits);
	}

}
