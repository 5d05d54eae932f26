package dev.whence.store.segment;

/**
 * A segment has ended, as its retention says, while it was read: there is nothing to find
 * any more.
 */
final class SegmentGoneException extends RuntimeException {

}
