package dev.whence.store.storage;

/**
 * How much room a table takes with all its partitions, over all projects.
 *
 * @param rows an estimate: what PostgreSQL counted when it last looked
 * @param bytes with indexes and TOAST
 */
public record TableSize(String table, DataKind kind, long rows, long bytes) {
}
