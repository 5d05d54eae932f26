package dev.whence.query.problem;

/** The states of a kind of problem. */
enum ProblemStateName {

	/** Met within a day. */
	NEW,

	/** Met before. */
	ONGOING,

	/** Seen again after it was resolved. */
	REGRESSED, RESOLVED,

	/** It opens no incident. */
	IGNORED

}
