package dev.whence.store;

import java.util.UUID;

import dev.whence.model.run.RunEvent;

/**
 * An event of a run on its way into the store.
 *
 * @param eventId the same for the same event, so that a retry is known by it
 */
public record RunSubmission(UUID eventId, RunEvent event) {
}
