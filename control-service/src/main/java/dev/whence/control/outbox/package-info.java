/**
 * Events that were decided in a transaction and wait for the wire, and what carries them
 * there. Which events there are is the features' business.
 */
@NullMarked
package dev.whence.control.outbox;

import org.jspecify.annotations.NullMarked;
