package dev.whence.analysis.trace;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A sign of failure in one trace.
 *
 * @param at when it showed: a log's time, a span's end
 * @param title the same for failures of the same kind
 * @param said what the sender said of this one, in one line
 * @param spanId the span that failed or in which the log was written
 */
public record Failure(UUID signalId, String service, String operation, Instant at, @Nullable String spanId,
		String title, String said) {
}
