/**
 * Finds trouble that no single signal shows, in rates and ratios. What becomes of it is
 * the incidents' business.
 */
@NullMarked
package dev.whence.analysis.detection;

import org.jspecify.annotations.NullMarked;
