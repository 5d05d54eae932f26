package dev.whence.store;

/**
 * What the steps of a run come to.
 *
 * @param steps how many there are
 * @param failed how many of them failed
 * @param cost the sum of theirs
 */
public record StepTotals(int steps, int failed, double cost) {

	/** Of a run without steps. */
	public static final StepTotals NONE = new StepTotals(0, 0, 0);

}
