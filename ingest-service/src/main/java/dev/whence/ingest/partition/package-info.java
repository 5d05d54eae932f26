/**
 * Keeps the partitions of the append-only tables ahead of the clock. How a partition is
 * made is the store's business.
 */
@NullMarked
package dev.whence.ingest.partition;

import org.jspecify.annotations.NullMarked;
