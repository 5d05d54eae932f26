/**
 * Loads what the ranker looks at: the window of an incident and, beside it, normal time.
 * Every query is bounded, so that a large incident costs no more than a small one.
 */
@NullMarked
package dev.whence.analysis.scene;

import org.jspecify.annotations.NullMarked;
