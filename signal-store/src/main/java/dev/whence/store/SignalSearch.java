package dev.whence.store;

import java.time.Instant;

import dev.whence.model.ProjectId;
import dev.whence.model.SignalType;

/**
 * Searches telemetry, what was closed long ago and what was acknowledged a moment ago
 * alike. A question ends when its budget does and says how far it came; what was not
 * looked at is never passed over in silence.
 */
public interface SignalSearch {

	/**
	 * The first signals that match.
	 * @param limit of signals on the page, at least 1
	 */
	SearchPage page(ProjectId project, SearchQuestion question, int limit, Budget budget);

	/** Tells of each signal that matches, once, in no order. */
	SearchedRange visit(ProjectId project, SearchQuestion question, Budget budget, Visitor visitor);

	/** Gets what is counted of a signal that matches. */
	@FunctionalInterface
	interface Visitor {

		/**
		 * @param state of a log record its level in lower case, empty where it has none
		 * that is known; of a span {@code error} or {@code ok}; of a point nothing
		 */
		void visit(SignalType type, Instant time, String state);

	}

}
