/**
 * Announces what was stored: turns problems into events inside the transaction and
 * carries them to the wire afterwards. Losing the wire delays events, never loses them.
 */
@NullMarked
package dev.whence.ingest.outbox;

import org.jspecify.annotations.NullMarked;
