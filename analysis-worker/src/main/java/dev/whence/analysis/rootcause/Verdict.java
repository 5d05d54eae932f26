package dev.whence.analysis.rootcause;

/** How sure the ranker is. */
public enum Verdict {

	/**
	 * What speaks for it is strong, nobody else comes near, the way from it to where the
	 * trouble was noticed is known, and so is how things usually are.
	 */
	CONCLUSIVE,

	/** The best explanation of what was seen. */
	LIKELY,

	/** The evidence is thin or contradicts itself. */
	INCONCLUSIVE

}
