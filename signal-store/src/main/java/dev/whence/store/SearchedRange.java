package dev.whence.store;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How far everything was looked at, the newest first; see {@link SearchPage} for its
 * parts.
 */
public record SearchedRange(Instant watermark, @Nullable Instant searchedTo, List<SearchPage.HurtRange> hurt) {

	/** Whether nothing is missing. */
	public boolean isComplete() {
		return this.searchedTo == null && this.hurt.isEmpty();
	}

}
