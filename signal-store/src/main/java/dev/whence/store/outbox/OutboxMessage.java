package dev.whence.store.outbox;

/**
 * An event that waits for the wire.
 *
 * @param payload the event as JSON
 */
public record OutboxMessage(String topic, String key, String payload) {
}
