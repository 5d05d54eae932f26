package dev.whence.store.segment;

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

		/** Where the next one would begin. */
		int end() {
			return this.from + this.length;
		}

	}

}
