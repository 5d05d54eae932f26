package dev.whence.analysis.job;

import java.time.Duration;
import java.time.Instant;

/**
 * A subject that is worked on once nothing has been heard of it for a while.
 *
 * @param earliest not before this time
 * @param patience how long the work is put off at most while something is heard again and
 * again; it is repeated after the end
 * @param recent whether it comes before subjects that are not
 */
public record QuietSubject(String subject, Instant earliest, Duration patience, boolean recent) {
}
