package dev.whence.analysis.notification.delivery;

import java.time.Instant;
import java.util.UUID;

import dev.whence.analysis.notification.message.Message;
import dev.whence.analysis.notification.message.NotificationType;
import org.jspecify.annotations.Nullable;

/**
 * One message for one channel.
 *
 * @param incident null for a summary and a test
 * @param message what it says; null before it is sent for the first time
 */
record Delivery(UUID id, int project, @Nullable UUID incident, NotificationType type, Instant occurredAt,
		@Nullable String actor, @Nullable String comment, int attempts, @Nullable Message message) {
}
