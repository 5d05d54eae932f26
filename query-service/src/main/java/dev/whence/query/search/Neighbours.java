package dev.whence.query.search;

import java.util.List;

import dev.whence.query.signal.SignalView;

/**
 * What a service logged around one of its records.
 *
 * @param items the oldest first
 * @param index which of them was asked for
 */
record Neighbours(List<SignalView> items, int index) {
}
