package dev.whence.store.rollup;

/**
 * What a service served in a step of a range.
 *
 * @param step counted from 0, see {@link MinuteRange#startOf}
 */
public record StepCalls(String service, int step, long calls, long errors) {
}
