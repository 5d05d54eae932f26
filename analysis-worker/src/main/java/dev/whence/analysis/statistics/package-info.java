/**
 * The small statistics that detection and ranking share. Pure, deterministic, without a
 * library because each is a few lines and the tails matter more than generality.
 */
@NullMarked
package dev.whence.analysis.statistics;

import org.jspecify.annotations.NullMarked;
