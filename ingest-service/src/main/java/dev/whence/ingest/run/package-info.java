/**
 * Decision runs as X-Ray's clients tell of them: events that are read one by one, so that
 * a bad one costs its neighbours nothing, and stored as they are. What a run came to is
 * made out by whoever reads.
 */
@NullMarked
package dev.whence.ingest.run;

import org.jspecify.annotations.NullMarked;
