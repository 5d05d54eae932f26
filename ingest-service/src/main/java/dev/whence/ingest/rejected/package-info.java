/**
 * What became of records that were not stored: counted without exception, and kept as
 * samples for people to look at. Deciding what is refused is the transports' part.
 */
@NullMarked
package dev.whence.ingest.rejected;

import org.jspecify.annotations.NullMarked;
