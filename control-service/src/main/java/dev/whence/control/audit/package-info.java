/**
 * Who did what: written by all features in the transaction of what they do, read by
 * administrators. Nothing is ever changed or deleted here.
 */
@NullMarked
package dev.whence.control.audit;

import org.jspecify.annotations.NullMarked;
