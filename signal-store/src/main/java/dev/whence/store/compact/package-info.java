/** Turns rows whose hour is over into segments. */
@NullMarked
package dev.whence.store.compact;

import org.jspecify.annotations.NullMarked;
