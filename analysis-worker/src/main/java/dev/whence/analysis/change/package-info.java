/**
 * What was changed on purpose: deploys, builds and configuration, as whoever does them
 * tells. Whether a change is to blame is the root cause package's question.
 */
@NullMarked
package dev.whence.analysis.change;

import org.jspecify.annotations.NullMarked;
