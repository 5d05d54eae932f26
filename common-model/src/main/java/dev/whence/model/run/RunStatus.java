package dev.whence.model.run;

/** How far a run, or a step, is. */
public enum RunStatus {

	RUNNING, COMPLETED, FAILED

}
