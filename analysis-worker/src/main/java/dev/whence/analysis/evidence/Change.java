package dev.whence.analysis.evidence;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Something that was changed on purpose.
 *
 * @param what one phrase, e.g. {@code version 1.4.1 -> 1.4.2}
 */
public record Change(String service, Instant at, String what, @Nullable String link) {
}
