package dev.whence.store.rollup;

import dev.whence.model.SpanKind;

/**
 * What an operation did in a range.
 *
 * @param operation {@link RollupReader#OTHER} for what exceeded the number of operations
 * that are told apart
 */
public record OperationTotals(String operation, SpanKind kind, CallTotals totals) {
}
