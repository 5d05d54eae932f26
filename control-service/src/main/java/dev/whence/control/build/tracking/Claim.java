package dev.whence.control.build.tracking;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The right to take the next step for a build, until the lease ends or somebody else
 * claims it.
 *
 * @param attempt the fencing number: what is written under an older number is refused
 * @param failures how often the step has failed in a row
 * @param dispatches how often a run was asked for
 * @param age how long ago the build was asked for
 * @param firstAsked when a run was asked for first; null when never
 * @param sinceAsked how long ago that was last; null when never
 * @param newestRun the newest run that there was before; 0 when there was none
 */
record Claim(long build, Phase phase, long attempt, int failures, int dispatches, Duration age,
		@Nullable Instant firstAsked, @Nullable Duration sinceAsked, long newestRun) {
}
