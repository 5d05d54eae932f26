package dev.whence.store;

import dev.whence.model.Problem;
import dev.whence.model.Signal;
import org.jspecify.annotations.Nullable;

/**
 * A signal on its way into the store.
 *
 * @param problem what triage found in it, if anything
 * @param idFromClient whether the client chose the signal's id; an id that was derived
 * from the content cannot name two contents
 * @param contentHash equal for equal contents; tells a retry from a second signal under
 * one id
 */
public record Submission(Signal signal, @Nullable Problem problem, boolean idFromClient, long contentHash) {

}
