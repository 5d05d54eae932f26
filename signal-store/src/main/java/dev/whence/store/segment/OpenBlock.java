package dev.whence.store.segment;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import dev.whence.store.column.ByteSource;
import dev.whence.store.column.IntegerCodec;
import dev.whence.store.column.Values;
import org.jspecify.annotations.Nullable;

/** A block that is being read: columns are decompressed when they are asked for. */
final class OpenBlock {

	private final OpenSegment segment;

	private final BlockEntry entry;

	/** The chunks of the block. */
	private final byte[] bytes;

	private final Map<Integer, Values> columns = new HashMap<>();

	private long @Nullable [] traces;

	OpenBlock(OpenSegment segment, BlockEntry entry, byte[] bytes) {
		this.segment = segment;
		this.entry = entry;
		this.bytes = bytes;
	}

	/** The bytes of a column that the block stores, by its place in the table. */
	byte @Nullable [] field(int row, int column) {
		return this.columns.computeIfAbsent(column, this::open).get(row);
	}

	private Values open(int column) {
		Layout layout = this.entry.layout();
		if (column == layout.trace()) {
			long[] numbers = traces();
			return (row) -> this.segment.trace(numbers[row]);
		}
		int chunk = -1;
		int from = 0;
		for (int stored : layout.stored()) {
			if (stored == layout.trace()) {
				continue;
			}
			chunk++;
			if (stored == column) {
				break;
			}
			from += this.entry.lengths()[chunk];
		}
		byte[] content = Chunk.decompress(Arrays.copyOfRange(this.bytes, from, from + this.entry.lengths()[chunk]));
		ByteSource in = new ByteSource(content);
		if (layout.spans().contains(column)) {
			long[] traces = traces();
			long[] numbers = IntegerCodec.decodeNumbers(in, this.entry.rows());
			return (row) -> this.segment.span(traces[row], numbers[row]);
		}
		return layout.codec(column).decode(in, this.entry.rows());
	}

	private long[] traces() {
		if (this.traces == null) {
			this.traces = this.segment.traceNumbers(this.entry);
		}
		return this.traces;
	}

}
