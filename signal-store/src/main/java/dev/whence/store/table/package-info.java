/**
 * What an append-only table is: its columns, its key, how it is partitioned and for how
 * long its rows are kept. Nothing else names such a table; what is in its rows is decided
 * elsewhere.
 */
@NullMarked
package dev.whence.store.table;

import org.jspecify.annotations.NullMarked;
