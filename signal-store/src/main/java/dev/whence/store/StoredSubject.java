package dev.whence.store;

import java.time.Instant;

import dev.whence.model.ProblemSubject;
import dev.whence.model.ProjectId;

/**
 * A subject that has problems.
 *
 * @param latest when the newest of them was written, by the database's clock
 */
public record StoredSubject(ProjectId project, ProblemSubject subject, Instant latest) {
}
