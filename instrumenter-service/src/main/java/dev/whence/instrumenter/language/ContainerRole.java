package dev.whence.instrumenter.language;

/** Why a container stands in its pod. */
public enum ContainerRole {

	/** The program that the pod is about. */
	APPLICATION,
	/** A helper beside it; never instrumented. */
	SIDECAR,
	/**
	 * A data base, proxy or tool that somebody else wrote; only instrumented when asked
	 * by name.
	 */
	INFRASTRUCTURE

}
