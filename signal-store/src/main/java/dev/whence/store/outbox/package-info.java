/**
 * Events that were decided in a transaction and wait for the wire. What carries them
 * there, and which events there are, is the services' business.
 */
@NullMarked
package dev.whence.store.outbox;

import org.jspecify.annotations.NullMarked;
