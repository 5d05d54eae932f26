package dev.whence.analysis.rootcause;

/** How sure the ranker is. */
public enum Verdict {

	/** Several traces and more than one kind of evidence agree. */
	CONCLUSIVE,

	/** The best explanation of what was seen. */
	LIKELY,

	/** The evidence is thin or contradicts itself. */
	INCONCLUSIVE

}
