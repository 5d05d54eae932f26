/**
 * Makes requests that carry an {@code Idempotency-Key} safe to repeat. What the requests
 * do belongs to the features that use this.
 */
@NullMarked
package dev.whence.control.idempotency;

import org.jspecify.annotations.NullMarked;
