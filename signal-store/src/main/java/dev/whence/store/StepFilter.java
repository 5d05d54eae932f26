package dev.whence.store;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Which steps that dropped something are wanted, whatever their runs; null admits
 * everything.
 *
 * @param type llm, retrieval, filter, or what clients call theirs
 * @param name what they are called
 * @param minDropRate inclusive, as a share
 * @param maxDropRate inclusive, as a share
 * @param from when they ended, inclusive
 * @param to inclusive
 */
public record StepFilter(@Nullable String type, @Nullable String name, @Nullable Double minDropRate,
		@Nullable Double maxDropRate, @Nullable Instant from, @Nullable Instant to) {
}
