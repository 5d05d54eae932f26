/**
 * Rows in PostgreSQL's binary form and the ways to send them. Whether they are new is not
 * asked here.
 */
@NullMarked
package dev.whence.store.copy;

import org.jspecify.annotations.NullMarked;
