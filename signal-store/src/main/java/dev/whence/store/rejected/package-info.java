/**
 * The journal of records that were not stored, written and read. How many of them are
 * written is the services' business.
 */
@NullMarked
package dev.whence.store.rejected;

import org.jspecify.annotations.NullMarked;
