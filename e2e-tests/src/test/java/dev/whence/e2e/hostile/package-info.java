/**
 * Every case of the public list of hostile input, sent to the real processes and judged
 * by what the list expects. What fails on purpose under load is proven in the package
 * {@code fire}.
 */
@NullMarked
package dev.whence.e2e.hostile;

import org.jspecify.annotations.NullMarked;
