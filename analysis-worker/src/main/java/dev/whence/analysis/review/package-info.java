/**
 * What people make of analyses: they ask for another one, and say whether one was right.
 * The analyses themselves are the root cause package's.
 */
@NullMarked
package dev.whence.analysis.review;

import org.jspecify.annotations.NullMarked;
