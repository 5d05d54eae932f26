package dev.whence.store;

/** What became of one submission. */
public enum WriteOutcome {

	/** It is stored now. */
	STORED,

	/** The same signal was stored before. */
	DUPLICATE,

	/** Another signal was stored before under this id; that one stays. */
	CONFLICT

}
