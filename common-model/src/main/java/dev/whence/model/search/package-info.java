/**
 * The language in which telemetry is searched: what can be asked, and how it is written.
 * Answering is the store's.
 */
@NullMarked
package dev.whence.model.search;

import org.jspecify.annotations.NullMarked;
