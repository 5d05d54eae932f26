package dev.whence.analysis.notification.message;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Something that happened to an incident and that people may hear of.
 *
 * @param key tells it apart from every other transition of the incident, for ever
 * @param actor null when Whence did it
 */
public record Transition(String key, NotificationType type, Instant at, @Nullable String actor,
		@Nullable String comment) {
}
