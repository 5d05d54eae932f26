/**
 * Closed telemetry in columns: what a segment is, how rows become one and how it is read.
 */
@NullMarked
package dev.whence.store.segment;

import org.jspecify.annotations.NullMarked;
