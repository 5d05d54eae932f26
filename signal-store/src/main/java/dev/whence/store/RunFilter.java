package dev.whence.store;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Which runs a list wants, by what is told of them as a whole; null admits everything.
 *
 * @param name what they are called
 * @param containing a part of what they are called, in any case
 * @param from when they started, inclusive
 * @param to inclusive
 */
public record RunFilter(@Nullable String name, @Nullable String containing, @Nullable Instant from,
		@Nullable Instant to) {

	/** Every run. */
	public static final RunFilter ALL = new RunFilter(null, null, null, null);

}
