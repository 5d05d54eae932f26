/**
 * Puts findings into words with a language model, when one is configured. It reads what
 * the analysis found and adds a paragraph beside it; it decides nothing and can change
 * nothing else.
 */
@NullMarked
package dev.whence.analysis.narration;

import org.jspecify.annotations.NullMarked;
