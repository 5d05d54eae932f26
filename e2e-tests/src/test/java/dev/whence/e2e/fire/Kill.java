package dev.whence.e2e.fire;

/**
 * One process killed and started again. Times are those of {@link System#nanoTime()}.
 *
 * @param how where there are several ways
 * @param ready when it worked again
 */
record Kill(Target target, String how, long killed, long ready) {

}
