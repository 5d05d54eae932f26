package dev.whence.analysis.behaviour;

import java.util.Collection;

import dev.whence.model.Signal;

/**
 * The conduct of a window with the executions themselves.
 *
 * @param signals what it was read from
 */
public record ConductWindow(Conduct counters, Collection<? extends Signal> signals) {
}
