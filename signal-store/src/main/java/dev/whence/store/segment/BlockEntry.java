package dev.whence.store.segment;

import java.util.List;

/**
 * What the directory says of a block: rows of one table with neighbouring services and
 * times.
 *
 * @param from where its first chunk lies; the others follow
 * @param lengths of its chunks, one for each stored column but the trace
 * @param traceFrom where the chunk of its traces lies, among those of all blocks
 */
record BlockEntry(Layout layout, int rows, long firstTime, long lastTime, List<String> services, int from,
		int[] lengths, int traceFrom, int traceLength) {

	private int chunkFrom(int place) {
		int position = this.from;
		for (int i = 0; i < place; i++) {
			position += this.lengths[i];
		}
		return position;
	}

	/** The chunk at a place. */
	Pieces.Part part(int place) {
		return new Pieces.Part(chunkFrom(place), this.lengths[place]);
	}

	int length() {
		int length = 0;
		for (int chunk : this.lengths) {
			length += chunk;
		}
		return length;
	}

}
