/**
 * Finds the cause of an incident from its signals, deterministically, and stores one
 * analysis per version. No language model decides here.
 */
@NullMarked
package dev.whence.analysis.rootcause;

import org.jspecify.annotations.NullMarked;
