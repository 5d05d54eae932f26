package dev.whence.store.rejected;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Which rejected records a search wants; null admits everything.
 *
 * @param from inclusive
 * @param to inclusive
 */
public record RejectedRecordFilter(@Nullable RejectionReason reason, @Nullable String serviceName,
		@Nullable String signalType, @Nullable Instant from, @Nullable Instant to) {
}
