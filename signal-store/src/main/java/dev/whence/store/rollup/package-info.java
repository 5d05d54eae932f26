/**
 * What happened in each minute, counted once from the stored telemetry: how it is counted
 * and how it is read. When a minute is counted is decided elsewhere.
 */
@NullMarked
package dev.whence.store.rollup;

import org.jspecify.annotations.NullMarked;
