package dev.whence.store;

import java.time.Instant;
import java.util.UUID;

import dev.whence.model.run.StepCounts;
import org.jspecify.annotations.Nullable;

/**
 * A step as one of its events tells of it.
 *
 * @param started when it began; when it ended where it does not say so
 * @param position of the list; its time is when the step ended
 */
public record FoundStep(UUID runId, UUID stepId, String name, String type, boolean failed, StepCounts counts,
		@Nullable Double cost, Instant started, Position position) {
}
