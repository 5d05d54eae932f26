/**
 * What one trace says about its failures: who failed, who failed because of whom, in
 * which order. Pure functions; grouping and ranking build on them.
 */
@NullMarked
package dev.whence.analysis.trace;

import org.jspecify.annotations.NullMarked;
