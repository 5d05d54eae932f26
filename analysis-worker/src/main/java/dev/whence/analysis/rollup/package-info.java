/**
 * Decides when a minute of telemetry is counted: once it has become quiet. How minutes
 * are counted is the store's business.
 */
@NullMarked
package dev.whence.analysis.rollup;

import org.jspecify.annotations.NullMarked;
