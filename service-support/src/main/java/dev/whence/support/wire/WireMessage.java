package dev.whence.support.wire;

/**
 * A message as the wire sees it.
 *
 * @param key messages with equal keys are handled one after the other
 * @param json the event, UTF-8 JSON
 */
public record WireMessage(String topic, String key, String json) {
}
