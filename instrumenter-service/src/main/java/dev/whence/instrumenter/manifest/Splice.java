package dev.whence.instrumenter.manifest;

import java.util.Comparator;
import java.util.List;

/**
 * One edit: at an offset, so many characters go and this text comes.
 *
 * @param offset UTF-16 index into the text as it was read
 */
record Splice(int offset, int removed, String inserted) {

	static Splice insert(int offset, String text) {
		return new Splice(offset, 0, text);
	}

	int end() {
		return this.offset + this.removed;
	}

	/**
	 * Applies all edits at once; edits at one offset keep their order.
	 * @throws UnsafeEditException if two edits overlap
	 */
	static String apply(String text, List<Splice> splices) {
		if (splices.isEmpty()) {
			return text;
		}
		List<Splice> sorted = splices.stream().sorted(Comparator.comparingInt(Splice::offset)).toList();
		StringBuilder out = new StringBuilder(text.length() + 256 * splices.size());
		int done = 0;
		for (Splice splice : sorted) {
			if (splice.offset < done) {
				throw new UnsafeEditException("two edits overlap");
			}
			out.append(text, done, splice.offset).append(splice.inserted);
			done = splice.end();
		}
		return out.append(text, done, text.length()).toString();
	}

}
