package dev.whence.store;

import java.util.UUID;

/**
 * A run at its place in the list of runs.
 *
 * @param position of the list; its time is when the run started, as far as anybody knows
 */
public record ListedRun(UUID runId, Position position) {
}
