/**
 * For how many days rows are kept: the configuration and what projects chose. Ending them
 * is the partitions' business.
 */
@NullMarked
package dev.whence.store.retention;

import org.jspecify.annotations.NullMarked;
