package dev.whence.control.build.tracking;

/** What is to do next for a build. */
enum Phase {

	/** Nothing: there was no token when it was asked for. */
	PARKED,

	/** Start a run. None was started. */
	DISPATCH,

	/** Find out whether a run was started. */
	ASKED,

	/** Find the run, which was started. */
	ACCEPTED,

	/** Ask how the run is. */
	TRACK,

	/** Find the run of a build that nobody wants any more, and end it. */
	STOP

}
