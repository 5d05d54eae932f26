/**
 * Searching the stored telemetry, and the shape in which a signal is shown. How it is
 * stored is the store's business.
 */
@NullMarked
package dev.whence.query.signal;

import org.jspecify.annotations.NullMarked;
