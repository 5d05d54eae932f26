/**
 * Keeps secrets in a database in which they cannot be read. Whose secrets they are is no
 * business of this package.
 */
@NullMarked
package dev.whence.support.secret;

import org.jspecify.annotations.NullMarked;
