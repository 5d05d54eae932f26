package dev.whence.analysis.notification.channel;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import dev.whence.model.ProjectId;

/**
 * Where messages can go.
 *
 * @param rateMessages how many it takes in any {@code ratePeriod}; what is more is summed
 * up
 */
public record Channel(UUID id, ProjectId project, String name, ChannelKind kind, boolean enabled,
		ChannelSettings settings, int rateMessages, Duration ratePeriod, Instant createdAt, Instant updatedAt) {
}
