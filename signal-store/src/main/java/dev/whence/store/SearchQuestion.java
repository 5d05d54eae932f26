package dev.whence.store;

import java.time.Instant;
import java.util.Set;

import dev.whence.model.SignalType;
import dev.whence.model.search.Expression;
import org.jspecify.annotations.Nullable;

/**
 * What is searched for, where, and in which order.
 *
 * @param from inclusive
 * @param to inclusive
 * @param newestFirst whether the newest come first, or the oldest
 * @param after where the page before ended, null for the first one
 */
public record SearchQuestion(Set<SignalType> types, Expression expression, Instant from, Instant to,
		boolean newestFirst, @Nullable Position after) {

	/** The first page. */
	public SearchQuestion(Set<SignalType> types, Expression expression, Instant from, Instant to, boolean newestFirst) {
		this(types, expression, from, to, newestFirst, null);
	}

	/** Whether a signal stands behind the page before. */
	public boolean isBehind(Position position) {
		return this.after == null
				|| (this.newestFirst ? position.compareTo(this.after) < 0 : position.compareTo(this.after) > 0);
	}

}
