package dev.whence.control.build;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a run at some time.
 *
 * @param conclusion how it ended; null while it has not
 */
public record RunReport(long runId, String status, @Nullable String conclusion, @Nullable String url,
		@Nullable Instant startedAt, @Nullable Instant updatedAt) {

	boolean isCompleted() {
		return this.status.equals("completed");
	}

}
