/**
 * What an installation needs for what it is sent, computed from measured costs. Measuring
 * them is the other packages' work.
 */
@NullMarked
package dev.whence.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
