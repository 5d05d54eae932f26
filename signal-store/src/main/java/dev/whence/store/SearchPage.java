package dev.whence.store;

import java.time.Instant;
import java.util.List;

import dev.whence.model.Signal;
import org.jspecify.annotations.Nullable;

/**
 * A part of what was found, in the order that was asked for.
 *
 * @param next where to go on, null at the end
 * @param watermark what was acknowledged before it was looked at
 * @param searchedTo null when everything was looked at that can be on this page; a time
 * where the budget ended before: nothing beyond it was looked at
 * @param hurt ranges of time in which something is stored that cannot be read
 */
public record SearchPage(List<Signal> signals, @Nullable Position next, Instant watermark, @Nullable Instant searchedTo,
		List<HurtRange> hurt) {

	/** Whether nothing is missing. */
	public boolean isComplete() {
		return this.searchedTo == null && this.hurt.isEmpty();
	}

	/**
	 * A range of time, both ends included, of which a part is damaged on disk.
	 */
	public record HurtRange(Instant from, Instant to) {
	}

}
