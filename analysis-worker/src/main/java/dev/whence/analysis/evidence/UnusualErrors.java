package dev.whence.analysis.evidence;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;

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

	/** Just before the window; empty where that is all that is known of normal time. */
	private final Conduct before;

	private final List<Conduct> normal;

	UnusualErrors(Scene scene) {
		this.window = scene.window().counters();
		this.before = scene.normal().standIn();
		this.normal = scene.normal().reference();
	}

	/**
	 * That of the operation in which they surprise most; empty when none is known to have
	 * logged any, or nothing is known of normal time. Failures belong to an incident from
	 * a minute before its window, so where the window shows none, those of that minute
	 * are judged.
	 */
	OptionalDouble surprise(String service) {
		Rate usual = usual((block) -> habits(block, service).map(Map.Entry::getValue));
		if (usual.trials() == 0) {
			return OptionalDouble.empty();
		}
		OptionalDouble surprise = surprise(this.window, service, usual);
		return surprise.isPresent() ? surprise : surprise(this.before, service, usual);
	}

	private OptionalDouble surprise(Conduct shown, String service, Rate usual) {
		return habits(shown, service).filter((entry) -> rate(Stream.of(entry.getValue())).hits() > 0)
			.mapToDouble((entry) -> surprise(entry.getKey(), rate(Stream.of(entry.getValue())), usual))
			.max();
	}

	private double surprise(Operation operation, Rate now, Rate ofService) {
		int known = this.normal.stream().mapToInt((block) -> block.executions(operation)).sum();
		Rate usual = (known < Normal.FEW) ? ofService : usual((block) -> Stream.of(block.habit(operation)));
		if (now.share() <= MORE * usual.share()) {
			return 0;
		}
		return Surprise.ofSoMany((int) now.hits(), (int) now.trials(), usual.hits(), usual.trials())
				* (1 - usual.share() / now.share());
	}

	private Rate usual(Function<Conduct, Stream<Habit>> which) {
		return Rate.pooled(this.normal.stream().map((block) -> rate(which.apply(block))).toList());
	}

	private static Stream<Map.Entry<Operation, Habit>> habits(Conduct block, String service) {
		return block.operations().entrySet().stream().filter((entry) -> entry.getKey().service().equals(service));
	}

	/** Executions, and in how many of them an error was logged. */
	private static Rate rate(Stream<Habit> habits) {
		int hits = 0;
		int executions = 0;
		for (Habit habit : habits.toList()) {
			hits += habit.errors().stream().mapToInt(habit::seen).max().orElse(0);
			executions += habit.executions();
		}
		return new Rate(executions, hits);
	}

}
