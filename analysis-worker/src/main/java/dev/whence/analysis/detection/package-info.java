/**
 * Sees trouble that nothing reports: every settled minute is compared with normal ones.
 * What deviates for long enough becomes an observation, and the incident is formed like
 * any other (ADR 016).
 */
@NullMarked
package dev.whence.analysis.detection;

import org.jspecify.annotations.NullMarked;
