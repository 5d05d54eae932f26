package dev.whence.store.segment;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Segments in memory, as they are read with their index of traces and without. */
final class OpenSegments {

	private OpenSegments() {
	}

	/** Where rows of a trace are: by the place of a block those in it. */
	static Map<Integer, List<Integer>> places(OpenSegment segment, byte[] trace) {
		Map<Integer, List<Integer>> places = new TreeMap<>();
		segment.rowsOfTrace(trace)
			.forEach((block, rows) -> places.put(block.from(), Arrays.stream(rows).boxed().toList()));
		return places;
	}

	static OpenSegment withoutIndex(Segment segment) {
		return new OpenSegment(null, Directory.decode(Chunk.decompress(segment.directory())), null,
				pieces(segment.data()));
	}

	static OpenSegment open(Segment segment) {
		return OpenSegment.of(segment);
	}

	static Pieces pieces(byte[] data) {
		// As PostgreSQL does it: what is not there is not in the answer.
		return (parts) -> parts.stream()
			.map((part) -> Arrays.copyOfRange(data, Math.min(part.from(), data.length),
					Math.min(part.end(), data.length)))
			.toList();
	}

	static OpenSegment withIndex(Segment segment, byte[] index) {
		try (Chunk chunk = new Chunk()) {
			return new OpenSegment(null, Directory.decode(Chunk.decompress(segment.directory())), chunk.compress(index),
					pieces(segment.data()));
		}
	}

}
