package dev.whence.model.search;

/** How a value is compared. */
public enum Operator {

	/** The longer ones first: one is the beginning of another. */
	AT_LEAST(">="), AT_MOST("<="), GREATER(">"), LESS("<"), EQUAL("=");

	private final String sign;

	Operator(String sign) {
		this.sign = sign;
	}

	/** As it is written behind the colon. */
	public String sign() {
		return this.sign;
	}

	/**
	 * Whether it holds for a pair of values.
	 * @param order negative, zero or positive, as comparators say it of the stored value
	 * and the one that was asked for
	 */
	public boolean holds(int order) {
		return switch (this) {
			case EQUAL -> order == 0;
			case LESS -> order < 0;
			case AT_MOST -> order <= 0;
			case GREATER -> order > 0;
			case AT_LEAST -> order >= 0;
		};
	}

}
