package dev.whence.store.storage;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What is closed of a project's signals.
 *
 * @param segments how many
 * @param signals how many are in them
 * @param bytes of their contents, without PostgreSQL's own
 * @param lastTime of the latest signal in them; null without any
 */
public record ClosedSize(long segments, long signals, long bytes, @Nullable Instant lastTime) {

	public static final ClosedSize NONE = new ClosedSize(0, 0, 0, null);

}
