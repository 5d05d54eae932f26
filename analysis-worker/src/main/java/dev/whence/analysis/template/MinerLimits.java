package dev.whence.analysis.template;

/**
 * What one miner may hold. Services have some hundred statements; what exceeds the limits
 * is forgotten in the order of last use, so that hostile lines cost memory for themselves
 * alone.
 *
 * @param forms masked lines, about half a kilobyte each
 * @param siblings keys under which lines that differ in a word or two find each other,
 * about 150 bytes each
 */
public record MinerLimits(int forms, int siblings) {

	/** About 12 MB for a service that exhausts them. */
	public static final MinerLimits DEFAULT = new MinerLimits(4_096, 65_536);

	public MinerLimits {
		if (forms < 1 || siblings < 1) {
			throw new IllegalArgumentException("a miner needs room for at least one line");
		}
	}

}
