package dev.whence.analysis.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.whence.analysis.behaviour.Habit;
import dev.whence.analysis.behaviour.Operation;
import dev.whence.analysis.behaviour.Step;
import dev.whence.analysis.statistics.Surprise;
import org.jspecify.annotations.Nullable;

/**
 * Compares the courses of one operation with those of normal time, per execution and
 * never per minute: less traffic loses no step. What was significantly worse just before
 * the window is recovering and no deviation. Cost grows with the square of the
 * operation's steps.
 */
final class CourseComparison {

	/** Fewer executions in the window show nothing. */
	private static final int FEWEST_TRIALS = 3;

	/** Below, so surprising once in a hundred, it is no evidence. */
	private static final double LEAST_SURPRISE = 2;

	/** A step that fewer executions take is not missed. */
	private static final double USUAL = 0.3;

	/** A step is lost when its rate falls below this share of the normal one. */
	private static final double LOST_BELOW = 0.7;

	/** A step that more executions take in normal time is not new. */
	private static final double KNOWN = 0.05;

	/** A step of fewer executions is an exception rather than a change. */
	private static final double LEAST_RISE = 0.1;

	/** A rate rose when it is more than twice the normal one and this. */
	private static final double RISE_MARGIN = 0.05;

	/** An error in more executions of normal time is part of their course. */
	private static final double USUAL_ERROR = 0.5;

	/** A step goes with an error when so many of its executions have the error. */
	private static final double COMPANION = 0.8;

	/** Once in twenty times. */
	private static final double SIGNIFICANT = 1.3;

	private final Operation operation;

	private final List<Habit> blocks;

	private final Habit before;

	private final StepCounts normal;

	private final StepCounts now;

	private final Set<Step> unusualErrors;

	CourseComparison(Operation operation, Habit window, Normal normal) {
		this.operation = operation;
		this.blocks = normal.habits(operation);
		this.before = normal.before().habit(operation);
		this.normal = StepCounts.of(this.blocks);
		this.now = StepCounts.of(List.of(window));
		this.unusualErrors = Stream.of(this.normal.errors(), this.before.errors(), this.now.errors())
			.flatMap(Set::stream)
			.filter((error) -> !isUsual(error))
			.collect(Collectors.toSet());
	}

	List<Deviation> deviations() {
		List<Deviation> deviations = new ArrayList<>();
		this.normal.steps().forEach((step) -> addLost(step, deviations));
		this.now.steps().forEach((step) -> addNew(step, deviations));
		this.now.steps().forEach((step) -> addAborted(step, deviations));
		addAborted(Step.START, deviations);
		deviations.removeIf((deviation) -> deviation.surprise() < LEAST_SURPRISE);
		Set<Step> lost = deviations.stream()
			.filter((deviation) -> deviation.kind() == Deviation.Kind.LOST)
			.map(Deviation::step)
			.collect(Collectors.toSet());
		return deviations.stream().map((deviation) -> deviation.at(region(deviation, lost))).toList();
	}

	private CodeRegion region(Deviation deviation, Set<Step> lost) {
		return switch (deviation.kind()) {
			case LOST -> CodeRegion.ofLost(deviation.step(), this.normal, lost);
			case NEW -> CodeRegion.ofNew(deviation.step(), this.now);
			case ABORTED -> CodeRegion.ofAborted(deviation.step(), this.normal);
		};
	}

	/** The anchor with which the loss is most surprising. */
	private void addLost(Step step, List<Deviation> deviations) {
		if (isError(step)) {
			return;
		}
		Deviation best = null;
		for (Step anchor : this.normal.steps()) {
			if (!anchor.equals(step)) {
				best = graver(best, lost(step, anchor));
			}
		}
		best = graver(best, lost(step, Step.START));
		if (best != null) {
			deviations.add(best);
		}
	}

	private Deviation lost(Step step, Step anchor) {
		int hits = this.now.together(anchor, step);
		int trials = this.now.telling(anchor);
		Deviation none = new Deviation(this.operation, Deviation.Kind.LOST, step, anchor, 0, hits, trials, 0);
		Rate all = new Rate(this.normal.telling(anchor), this.normal.together(anchor, step));
		if (trials < FEWEST_TRIALS || !isLost(hits, trials, all)) {
			return none;
		}
		boolean started = anchor.equals(Step.START);
		Rate usual = pooled((habit) -> habit.seen(anchor) - (started ? habit.ended(anchor) : 0),
				(habit) -> habit.together(anchor, step));
		if (!isLost(hits, trials, usual)) {
			return none;
		}
		double share = hits / (double) trials;
		Rate earlier = new Rate(this.before.seen(anchor), this.before.together(anchor, step));
		if (earlier.trials() >= FEWEST_TRIALS && earlier.share() < share
				&& Surprise.ofSoMany(hits, trials, earlier.hits(), earlier.trials()) > SIGNIFICANT) {
			return none;
		}
		double surprise = Surprise.ofSoFew(hits, trials, usual.hits(), usual.trials()) * (1 - share / usual.share());
		return new Deviation(this.operation, Deviation.Kind.LOST, step, anchor, surprise, hits, trials, usual.share());
	}

	private static boolean isLost(int hits, int trials, Rate usual) {
		return usual.trials() >= FEWEST_TRIALS && usual.hits() > 0 && usual.share() >= USUAL
				&& hits / (double) trials < LOST_BELOW * usual.share();
	}

	/** More of a known step is a change of traffic, unless it is an error. */
	private void addNew(Step step, List<Deviation> deviations) {
		Rate usual = pooled(Habit::executions, (habit) -> habit.seen(step));
		if (usual.share() < KNOWN || isError(step)) {
			addRisen(Deviation.Kind.NEW, step, Step.START, new Rate(this.now.executions(), this.now.seen(step)), usual,
					new Rate(this.before.executions(), this.before.seen(step)), deviations);
		}
	}

	/** Finds the early return that no log statement tells of. */
	private void addAborted(Step step, List<Deviation> deviations) {
		int going = this.normal.seen(step) - this.normal.ended(step);
		boolean errorsFollowed = this.unusualErrors.stream()
			.anyMatch((error) -> !error.equals(step) && this.normal.together(step, error) >= COMPANION * going);
		if (!errorsFollowed) {
			addRisen(Deviation.Kind.ABORTED, step, step, new Rate(this.now.seen(step), this.now.ended(step)),
					pooled((habit) -> habit.seen(step), (habit) -> habit.ended(step)),
					new Rate(this.before.seen(step), this.before.ended(step)), deviations);
		}
	}

	private void addRisen(Deviation.Kind kind, Step step, Step anchor, Rate window, Rate usual, Rate earlier,
			List<Deviation> deviations) {
		int hits = (int) window.hits();
		int trials = (int) window.trials();
		double share = window.share();
		if (trials < FEWEST_TRIALS || hits < 2 || usual.trials() < Normal.FEW || share < LEAST_RISE
				|| share <= 2 * usual.share() + RISE_MARGIN) {
			return;
		}
		if (earlier.trials() >= FEWEST_TRIALS && earlier.share() > share
				&& Surprise.ofSoFew(hits, trials, earlier.hits(), earlier.trials()) > SIGNIFICANT) {
			return;
		}
		double surprise = Surprise.ofSoMany(hits, trials, usual.hits(), usual.trials()) * (1 - usual.share() / share);
		deviations.add(new Deviation(this.operation, kind, step, anchor, surprise, hits, trials, usual.share()));
	}

	private boolean isUsual(Step error) {
		return this.normal.seen(error) > 0 && this.normal.seen(error) >= USUAL_ERROR * this.normal.executions();
	}

	/** An error that is no part of the usual course, or a step that comes with one. */
	private boolean isError(Step step) {
		int seen = this.normal.seen(step);
		return this.unusualErrors.contains(step) || (seen > 0 && this.unusualErrors.stream()
			.anyMatch((error) -> this.normal.together(step, error) >= COMPANION * seen));
	}

	private Rate pooled(ToIntFunction<Habit> trials, ToIntFunction<Habit> hits) {
		return Rate.pooled(this.blocks.stream()
			.map((habit) -> new Rate(trials.applyAsInt(habit), hits.applyAsInt(habit)))
			.toList());
	}

	/** Of equal ones the one that more executions show. */
	private static Deviation graver(@Nullable Deviation one, Deviation other) {
		if (one == null || other.surprise() > one.surprise()) {
			return other;
		}
		return (other.surprise() == one.surprise() && other.trials() > one.trials()) ? other : one;
	}

}
