package dev.whence.store;

import java.util.List;

import dev.whence.model.Signal;

/**
 * Signals of an interval, oldest first.
 *
 * @param share which part of the traces they stand for, 1 for all of them: what is
 * counted in them happened about {@code 1 / share} times as often
 */
public record SampledSignals(List<Signal> signals, double share) {
}
