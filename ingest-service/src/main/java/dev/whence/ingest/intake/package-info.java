/**
 * The one funnel behind every transport: bound, clean, triage, write, count. Transports
 * decode; nothing here knows a wire format.
 */
@NullMarked
package dev.whence.ingest.intake;

import org.jspecify.annotations.NullMarked;
