package dev.whence.control.build.github;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** What became of the command to start a run. */
public sealed interface Dispatch {

	/**
	 * A run was started, and GitHub said which.
	 *
	 * @param url where people see it
	 */
	record Started(long runId, @Nullable String url) implements Dispatch {
	}

	/** A run was started, and GitHub did not say which. */
	record Accepted() implements Dispatch {
	}

	/** No run was started, nor would a repetition start one. */
	record Refused(String reason) implements Dispatch {
	}

	/**
	 * GitHub answered that it failed. Most likely no run was started.
	 */
	record Failed(String reason) implements Dispatch {
	}

	/**
	 * Nothing was started, and a repetition may help.
	 *
	 * @param at not before; null when nobody said
	 */
	record Later(String reason, @Nullable Instant at) implements Dispatch {
	}

	/** There is no answer: a run may have been started or not. */
	record Unknown(String reason) implements Dispatch {
	}

}
