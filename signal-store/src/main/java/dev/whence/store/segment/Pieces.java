package dev.whence.store.segment;

import java.util.Arrays;
import java.util.List;

/** Reads parts of a segment's data. */
@FunctionalInterface
interface Pieces {

	/** Each of the parts, in their order, at the cost of one. */
	List<byte[]> read(List<Part> parts);

	default byte[] read(int from, int length) {
		return read(List.of(new Part(from, length))).getFirst();
	}

	/**
	 * A part.
	 *
	 * @param from in bytes, the first being 0
	 */
	record Part(int from, int length) {

		/**
		 * Cuts it out of a larger one. What is not there because less was read than was
		 * written is no zstd frame, and found out as such.
		 * @param start where the larger one begins
		 */
		byte[] of(byte[] larger, int start) {
			int begin = Math.min(this.from - start, larger.length);
			return Arrays.copyOfRange(larger, begin, Math.min(begin + this.length, larger.length));
		}

		/** Where the next one would begin. */
		int end() {
			return this.from + this.length;
		}

	}

}
