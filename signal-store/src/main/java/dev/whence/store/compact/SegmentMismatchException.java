package dev.whence.store.compact;

/**
 * What was encoded does not read back as it was, or rows are not where they should be.
 */
final class SegmentMismatchException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	SegmentMismatchException(String message) {
		super(message);
	}

}
