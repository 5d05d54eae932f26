/**
 * What must be caught: an ingest that acknowledges before it has committed. These classes
 * are put beside those of one ingest process by a test and are part of no jar.
 */
@NullMarked
package dev.whence.e2e.fire.control;

import org.jspecify.annotations.NullMarked;
