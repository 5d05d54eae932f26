package dev.whence.ingest.intake;

import dev.whence.model.Signal;

/**
 * A signal as a transport decoded it.
 *
 * @param idFromClient whether the client chose the id
 * @param contentHash equal for equal contents
 */
public record Received(Signal signal, boolean idFromClient, long contentHash) {
}
