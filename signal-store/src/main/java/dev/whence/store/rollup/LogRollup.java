package dev.whence.store.rollup;

import java.time.Instant;

/**
 * The log records of a service in a minute.
 *
 * @param severity the level as the sender wrote it, in upper case
 */
public record LogRollup(Instant minute, String service, String severity, long count) {
}
