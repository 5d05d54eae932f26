package dev.whence.analysis.observation;

/** Who observed it. */
public enum Source {

	/** An alert manager, through its API. */
	ALERT,

	/** Whence itself, in what it stored. */
	DETECTION

}
