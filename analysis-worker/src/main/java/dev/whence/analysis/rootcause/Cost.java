package dev.whence.analysis.rootcause;

import java.time.Duration;

/**
 * How long an answer took.
 *
 * @param loading what was looked at
 * @param ranking what was found in it
 */
record Cost(Duration loading, Duration ranking) {
}
