package dev.whence.store.segment;

import dev.whence.store.column.ByteSource;
import dev.whence.store.column.DamagedColumnException;

/**
 * The ids of the spans of one group of traces. An id is made when it is asked for: a
 * group has thousands, of which a row needs one or two.
 */
final class SpanIds {

	private final byte[] bytes;

	/** For each trace how many spans it has, twice, and one more where all are usual. */
	private final int[] heads;

	/** For each trace where the ids of its spans begin. */
	private final int[] from;

	private SpanIds(byte[] bytes, int[] heads, int[] from) {
		this.bytes = bytes;
		this.heads = heads;
		this.from = from;
	}

	/**
	 * @throws DamagedColumnException when the bytes end too early
	 */
	static SpanIds read(byte[] group, int traces) {
		ByteSource in = new ByteSource(group);
		int[] heads = new int[traces];
		int[] from = new int[traces];
		for (int trace = 0; trace < traces; trace++) {
			heads[trace] = in.getCount();
			from[trace] = in.position();
			int spans = heads[trace] >> 1;
			if ((heads[trace] & 1) != 0) {
				in.skip(Math.multiplyExact(spans, TraceIds.SPAN));
			}
			else {
				for (int span = 0; span < spans; span++) {
					in.skip(in.getCount());
				}
			}
		}
		return new SpanIds(group, heads, from);
	}

	/**
	 * @param trace its place in the group
	 * @param number of the span in its trace, from 1
	 */
	byte[] get(int trace, int number) {
		if (number < 1 || number > this.heads[trace] >> 1) {
			throw new DamagedColumnException("a trace of " + (this.heads[trace] >> 1) + " spans has no span " + number);
		}
		if ((this.heads[trace] & 1) != 0) {
			return new ByteSource(this.bytes, this.from[trace] + (number - 1) * TraceIds.SPAN).get(TraceIds.SPAN);
		}
		ByteSource in = new ByteSource(this.bytes, this.from[trace]);
		for (int span = 1; span < number; span++) {
			in.skip(in.getCount());
		}
		return in.getValue();
	}

}
