/**
 * How the values of one column lie close together: each codec turns a list of values into
 * bytes and back, value by value, exactly. No codec knows what a signal is.
 */
@NullMarked
package dev.whence.store.column;

import org.jspecify.annotations.NullMarked;
