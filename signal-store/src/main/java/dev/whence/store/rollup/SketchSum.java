package dev.whence.store.rollup;

import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Adds sketches up in place. Many rows are merged here rather than in PostgreSQL, which
 * would take each bucket of each of them for a row.
 */
final class SketchSum {

	/** Octaves around the first bucket that is met have room from the beginning. */
	private static final int ROOM = 2 * DurationSketch.RESOLUTION;

	private static final int HIGHEST = Long.SIZE * DurationSketch.RESOLUTION;

	private static final int BUCKET_BYTES = Short.BYTES + Integer.BYTES;

	private int first;

	private long[] held = new long[0];

	/** Adds the sketch that lies in two columns of a row. */
	void add(ResultSet row, String buckets, String counts) throws SQLException {
		Integer[] numbers = (Integer[]) row.getArray(buckets).getArray();
		if (numbers.length == 0) {
			return;
		}
		Integer[] amounts = (Integer[]) row.getArray(counts).getArray();
		makeRoom(numbers[0], numbers[numbers.length - 1]);
		for (int i = 0; i < numbers.length; i++) {
			this.held[numbers[i] - this.first] += amounts[i];
		}
	}

	/**
	 * Adds a sketch: of each bucket its number in two bytes and what it holds in four.
	 */
	void add(byte[] sketch) {
		if (sketch.length == 0) {
			return;
		}
		ByteBuffer bytes = ByteBuffer.wrap(sketch);
		makeRoom(bytes.getShort(0), bytes.getShort(sketch.length - BUCKET_BYTES));
		while (bytes.hasRemaining()) {
			int bucket = bytes.getShort();
			this.held[bucket - this.first] += bytes.getInt();
		}
	}

	DurationSketch sketch() {
		int[] some = IntStream.range(0, this.held.length).filter((i) -> this.held[i] > 0).toArray();
		return new DurationSketch(Arrays.stream(some).map((i) -> i + this.first).toArray(),
				Arrays.stream(some).mapToLong((i) -> this.held[i]).toArray());
	}

	private void makeRoom(int lowest, int highest) {
		if (this.held.length > 0 && lowest >= this.first && highest < this.first + this.held.length) {
			return;
		}
		int from = Math.max(DurationSketch.ZERO, lowest - ROOM);
		int to = Math.min(HIGHEST, highest + ROOM);
		if (this.held.length > 0) {
			from = Math.min(from, this.first);
			to = Math.max(to, this.first + this.held.length - 1);
		}
		long[] wider = new long[to - from + 1];
		System.arraycopy(this.held, 0, wider, (this.held.length > 0) ? this.first - from : 0, this.held.length);
		this.first = from;
		this.held = wider;
	}

}
