package dev.whence.store.rollup;

import java.time.Instant;

/**
 * The calls from one service to another that began in a minute: spans whose parent is a
 * span of another service that began in that minute or the one before.
 *
 * @param errors how many of the callee's spans failed
 * @param durations as the callee saw them
 * @param gaps how much longer each call took for the caller, where the parent is a client
 * span
 */
public record EdgeRollup(Instant minute, String caller, String callee, long calls, long errors,
		DurationSketch durations, DurationSketch gaps) {
}
