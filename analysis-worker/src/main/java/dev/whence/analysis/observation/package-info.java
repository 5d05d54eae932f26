/**
 * Trouble that no single signal shows: reported by an alert manager or seen by the
 * detection. What becomes of it is decided where incidents are formed.
 */
@NullMarked
package dev.whence.analysis.observation;

import org.jspecify.annotations.NullMarked;
