package dev.whence.store.rollup;

/**
 * How many spans began in a step of a range, and how many of them failed.
 *
 * @param step counted from 0, see {@link MinuteRange#startOf}
 */
public record StepSpans(int step, long spans, long errors) {
}
