package dev.whence.ingest.intake;

import dev.whence.model.Signal;

/**
 * A signal as a transport decoded it.
 *
 * @param idFromClient whether the id alone tells a repeat: the client chose it, or the
 * time is not part of the content
 * @param contentHash equal for equal contents
 */
public record Received(Signal signal, boolean idFromClient, long contentHash) {
}
