package dev.whence.e2e.fire;

/**
 * One process killed and started again. Times are those of {@link System#nanoTime()}.
 *
 * @param how where there are several ways
 * @param alone whether nothing else was down meanwhile, so that times tell of it alone
 * @param ready when it worked again
 */
record Kill(Target target, String how, boolean alone, long killed, long ready) {

}
