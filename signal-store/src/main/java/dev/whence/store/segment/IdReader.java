package dev.whence.store.segment;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.whence.store.column.ByteSource;
import dev.whence.store.column.IntegerCodec;
import org.jspecify.annotations.Nullable;

/** Reads the {@link TraceIds} of a stored segment as far as they are needed. */
final class IdReader {

	private final Directory directory;

	private final Pieces data;

	private final Map<Integer, List<byte[][]>> spans = new HashMap<>();

	private byte @Nullable [][] traces;

	private byte @Nullable [] traceNumbers;

	IdReader(Directory directory, Pieces data) {
		this.directory = directory;
		this.data = data;
	}

	/** The id of the trace with a number, null for 0. */
	byte @Nullable [] trace(long number) {
		return (number == 0) ? null : traces()[Math.toIntExact(number) - 1];
	}

	/** The id of a span by its number in its trace, null for 0. */
	byte @Nullable [] span(long trace, long number) {
		if (number == 0) {
			return null;
		}
		int group = (int) (trace / TraceIds.GROUP);
		List<byte[][]> ids = this.spans.computeIfAbsent(group, this::readGroup);
		return ids.get((int) (trace % TraceIds.GROUP))[Math.toIntExact(number) - 1];
	}

	/** The numbers of the traces of a block's rows. */
	long[] traceNumbers(BlockEntry block) {
		if (this.traceNumbers == null) {
			// Those of all blocks lie together: one read.
			BlockEntry first = this.directory.blocks().getFirst();
			this.traceNumbers = this.data.read(first.traceFrom(), first.from() - first.traceFrom());
		}
		int from = block.traceFrom() - this.directory.blocks().getFirst().traceFrom();
		byte[] chunk = Arrays.copyOfRange(this.traceNumbers, from, from + block.traceLength());
		return IntegerCodec.decodeNumbers(new ByteSource(Chunk.decompress(chunk)), block.rows());
	}

	/** The number of a trace, 0 when it is not there. */
	int number(byte[] id) {
		byte[][] ids = traces();
		for (int i = 0; i < ids.length; i++) {
			if (Arrays.equals(ids[i], id)) {
				return i + 1;
			}
		}
		return 0;
	}

	private byte[][] traces() {
		if (this.traces == null) {
			ByteSource in = new ByteSource(Chunk.decompress(this.data.read(0, this.directory.tracesLength())));
			byte[][] ids = new byte[in.getCount()][];
			for (int i = 0; i < ids.length; i++) {
				ids[i] = in.getValue();
			}
			this.traces = ids;
		}
		return this.traces;
	}

	private List<byte[][]> readGroup(int group) {
		int traces = Math.min(TraceIds.GROUP, this.directory.traces() + 1 - group * TraceIds.GROUP);
		return TraceIds.decodeSpans(
				Chunk.decompress(this.data.read(this.directory.groupFrom(group), this.directory.groups()[group])),
				traces);
	}

}
