package dev.whence.analysis.behaviour;

import java.util.Comparator;

/** From a step of an operation to the next, which is another one. */
public record Transition(Step from, Step to) implements Comparable<Transition> {

	private static final Comparator<Transition> ORDER = Comparator.comparing(Transition::from)
		.thenComparing(Transition::to);

	@Override
	public int compareTo(Transition other) {
		return ORDER.compare(this, other);
	}

}
