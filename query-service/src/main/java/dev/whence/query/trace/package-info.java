/**
 * Everything that is known about one trace, in the order in which it happened. Searching
 * for traces is a feature of its own.
 */
@NullMarked
package dev.whence.query.trace;

import org.jspecify.annotations.NullMarked;
