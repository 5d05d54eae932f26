package dev.whence.store.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import dev.whence.store.column.DamagedColumnException;
import org.jspecify.annotations.Nullable;

/**
 * A segment that is being read. Reads from its data what a question needs and nothing
 * else.
 *
 * Every method throws {@link DamagedColumnException} when what was read is not what was
 * written.
 */
public final class OpenSegment {

	private final @Nullable SegmentRef ref;

	private final Directory directory;

	private final Pieces data;

	private final IdReader ids;

	private final Map<BlockEntry, byte[]> ahead = new IdentityHashMap<>();

	/**
	 * @param directory as it is stored
	 */
	OpenSegment(byte[] directory, Pieces data) {
		this(null, directory, data);
	}

	/** One that is stored. */
	OpenSegment(@Nullable SegmentRef ref, byte[] directory, Pieces data) {
		this.ref = ref;
		this.directory = Directory.decode(Chunk.decompress(directory));
		this.data = data;
		this.ids = new IdReader(this.directory, data);
	}

	/** Reads one that is in memory. */
	public static OpenSegment of(Segment segment) {
		return new OpenSegment(segment.directory(),
				(parts) -> parts.stream()
					.map((part) -> Arrays.copyOfRange(segment.data(), part.from(), part.from() + part.length()))
					.toList());
	}

	/** Whether these are the rows, in this order, value by value. */
	public boolean holds(List<StoredRow> rows) {
		int next = 0;
		for (BlockEntry block : blocks()) {
			if (next + block.rows() > rows.size()) {
				return false;
			}
			List<StoredRow> expected = rows.subList(next, next + block.rows());
			if (!holds(open(block), block, expected)) {
				return false;
			}
			next += block.rows();
		}
		return next == rows.size();
	}

	private static boolean holds(OpenBlock opened, BlockEntry block, List<StoredRow> rows) {
		for (int column : block.layout().stored()) {
			for (int row = 0; row < rows.size(); row++) {
				if (!Arrays.equals(opened.field(row, column), rows.get(row).field(column))) {
					return false;
				}
			}
		}
		return rows.stream().allMatch((row) -> row.table().equals(block.layout().table()));
	}

	List<BlockEntry> blocks() {
		return this.directory.blocks();
	}

	/** Which blocks hold rows of a trace, with the places of those rows. */
	Map<BlockEntry, int[]> rowsOfTrace(byte[] id) {
		int number = this.ids.number(id);
		Map<BlockEntry, int[]> found = new HashMap<>();
		if (number > 0) {
			for (BlockEntry block : blocks()) {
				int[] rows = places(this.ids.traceNumbers(block), number);
				if (rows.length > 0) {
					found.put(block, rows);
				}
			}
		}
		return found;
	}

	OpenBlock open(BlockEntry block) {
		byte[] ahead = this.ahead.remove(block);
		return new OpenBlock(this.ref, this.ids, block,
				(ahead != null) ? ahead : this.data.read(block.from(), block.length()));
	}

	/**
	 * Reads blocks that will be opened, together. Each of them can be opened once then.
	 */
	void readAhead(List<BlockEntry> blocks) {
		List<byte[]> read = this.data
			.read(blocks.stream().map((block) -> new Pieces.Part(block.from(), block.length())).toList());
		for (int i = 0; i < read.size(); i++) {
			this.ahead.put(blocks.get(i), read.get(i));
		}
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
