package dev.whence.store.segment;

import java.util.HashMap;
import java.util.Map;

import dev.whence.store.column.ByteSource;
import dev.whence.store.column.DamagedColumnException;

/**
 * The ids of the spans of one group of traces. An id is made when it is asked for: a
 * group has hundreds, of which a row needs one or two.
 */
final class SpanIds {

	private final byte[] bytes;

	/** For each trace how many spans it has. */
	private final int[] sizes;

	/** For each trace where the ids of its spans begin. */
	private final int[] from;

	/** Where each id begins, for traces of which not all ids have the usual length. */
	private final Map<Integer, int[]> unusual = new HashMap<>();

	private SpanIds(byte[] bytes, int traces) {
		this.bytes = bytes;
		this.sizes = new int[traces];
		this.from = new int[traces];
	}

	/**
	 * @throws DamagedColumnException when the bytes end too early
	 */
	static SpanIds read(byte[] group, int traces) {
		ByteSource in = new ByteSource(group);
		SpanIds ids = new SpanIds(group, traces);
		for (int trace = 0; trace < traces; trace++) {
			int head = in.getCount();
			int size = head >> 1;
			boolean usual = (head & 1) != 0;
			if (size > group.length / (usual ? TraceIds.SPAN : 1)) {
				throw new DamagedColumnException(size + " spans in " + group.length + " bytes");
			}
			ids.sizes[trace] = size;
			ids.from[trace] = in.position();
			if (usual) {
				in.skip(size * TraceIds.SPAN);
			}
			else {
				ids.unusual.put(trace, places(in, size));
			}
		}
		return ids;
	}

	private static int[] places(ByteSource in, int size) {
		int[] places = new int[size];
		for (int span = 0; span < size; span++) {
			places[span] = in.position();
			in.skip(in.getCount());
		}
		return places;
	}

	/**
	 * @param trace its place in the group
	 * @param number of the span in its trace, from 1
	 */
	byte[] get(int trace, int number) {
		if (number < 1 || number > this.sizes[trace]) {
			throw new DamagedColumnException("a trace of " + this.sizes[trace] + " spans has no span " + number);
		}
		int[] places = this.unusual.get(trace);
		return (places != null) ? new ByteSource(this.bytes, places[number - 1]).getValue()
				: new ByteSource(this.bytes, this.from[trace] + (number - 1) * TraceIds.SPAN).get(TraceIds.SPAN);
	}

}
