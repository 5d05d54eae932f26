package dev.whence.store.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.whence.store.column.ByteSource;
import dev.whence.store.column.DamagedColumnException;
import dev.whence.store.column.IntegerCodec;
import org.jspecify.annotations.Nullable;

/**
 * A segment that is being read. Reads from its data what a question needs and nothing
 * else.
 *
 * Every method throws {@link DamagedColumnException} when what was read is not what was
 * written.
 */
final class OpenSegment {

	private final Directory directory;

	private final Pieces data;

	private final Map<Integer, List<byte[][]>> spans = new HashMap<>();

	private byte @Nullable [][] traces;

	private byte @Nullable [] traceNumbers;

	/**
	 * @param directory as it is stored
	 */
	OpenSegment(byte[] directory, Pieces data) {
		this.directory = Directory.decode(Chunk.decompress(directory));
		this.data = data;
	}

	List<BlockEntry> blocks() {
		return this.directory.blocks();
	}

	/** Which blocks hold rows of a trace, with the places of those rows. */
	Map<BlockEntry, int[]> rowsOfTrace(byte[] id) {
		int number = number(id);
		Map<BlockEntry, int[]> found = new HashMap<>();
		if (number > 0) {
			for (BlockEntry block : blocks()) {
				int[] rows = places(traceNumbers(block), number);
				if (rows.length > 0) {
					found.put(block, rows);
				}
			}
		}
		return found;
	}

	OpenBlock open(BlockEntry block) {
		return new OpenBlock(this, block, this.data.read(block.from(), block.length()));
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

	long[] traceNumbers(BlockEntry block) {
		if (this.traceNumbers == null) {
			// Those of all blocks lie together: one read.
			BlockEntry first = blocks().getFirst();
			this.traceNumbers = this.data.read(first.traceFrom(), first.from() - first.traceFrom());
		}
		int from = block.traceFrom() - blocks().getFirst().traceFrom();
		byte[] chunk = Arrays.copyOfRange(this.traceNumbers, from, from + block.traceLength());
		return IntegerCodec.decodeNumbers(new ByteSource(Chunk.decompress(chunk)), block.rows());
	}

	private int number(byte[] id) {
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

	private static int[] places(long[] numbers, int wanted) {
		List<Integer> places = new ArrayList<>();
		for (int row = 0; row < numbers.length; row++) {
			if (numbers[row] == wanted) {
				places.add(row);
			}
		}
		return places.stream().mapToInt(Integer::intValue).toArray();
	}

}
