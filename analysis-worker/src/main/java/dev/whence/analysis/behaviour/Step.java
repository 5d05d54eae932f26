package dev.whence.analysis.behaviour;

/**
 * A step of an operation. Steps of one moment are ordered: the start, then calls, then
 * statements, then by what they say.
 */
public sealed interface Step extends Comparable<Step> {

	/** What a person calls it. */
	String label();

	@Override
	default int compareTo(Step other) {
		if (this instanceof Call(Operation mine) && other instanceof Call(Operation others)) {
			return mine.compareTo(others);
		}
		int kinds = Integer.compare(rank(this), rank(other));
		return (kinds != 0) ? kinds : label().compareTo(other.label());
	}

	/** Every execution has it, before all others. */
	record Start() implements Step {

		@Override
		public String label() {
			return "start";
		}

	}

	/** A child span began. */
	record Call(Operation callee) implements Step {

		@Override
		public String label() {
			return this.callee.toString();
		}

	}

	/** A log statement was passed. */
	record Statement(String text) implements Step {

		@Override
		public String label() {
			return this.text;
		}

	}

	/**
	 * Stands for all steps of an operation that takes too many different ones to be
	 * compared: see {@link Habit#isSettled()}.
	 */
	record Anything() implements Step {

		@Override
		public String label() {
			return "anything";
		}

	}

	Step START = new Start();

	Step ANYTHING = new Anything();

	static Step call(Operation callee) {
		return new Call(callee);
	}

	static Step statement(String text) {
		return new Statement(text);
	}

	private static int rank(Step step) {
		return switch (step) {
			case Start _ -> 0;
			case Call _ -> 1;
			case Statement _ -> 2;
			case Anything _ -> 3;
		};
	}

}
