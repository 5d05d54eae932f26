package dev.whence.analysis.job;

/** The kinds of work. */
public enum JobKind {

	/** Bring the incident of a dirty subject up to date. */
	GROUP,

	/** Find the cause of an incident. */
	ANALYSE,

	/** Compare the settled minutes of a project with normal ones. */
	DETECT,

	/** Count a minute of telemetry. */
	ROLLUP,

	/** Work out who hears of what happened to an incident. */
	NOTIFY,

	/** Send what is due on a channel. */
	DELIVER,

	/** Put an analysis into words. */
	NARRATE

}
