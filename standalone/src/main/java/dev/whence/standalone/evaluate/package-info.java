/**
 * {@code ./whence evaluate}: replays recorded faults through the public API of a fresh
 * standalone and measures what it answers. It is a client like any other; what answers
 * knows neither the data sets nor the labels.
 */
@NullMarked
package dev.whence.standalone.evaluate;

import org.jspecify.annotations.NullMarked;
