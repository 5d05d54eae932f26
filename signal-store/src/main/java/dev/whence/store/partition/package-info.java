/**
 * The partitions of all tables: made ahead of the clock, indexed when their day is over,
 * dropped when their time has come.
 */
@NullMarked
package dev.whence.store.partition;

import org.jspecify.annotations.NullMarked;
