package dev.whence.store.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import dev.whence.store.column.DamagedColumnException;
import dev.whence.store.column.Values;
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

	private List<BlockEntry> likely;

	/** The number of the trace that was asked for last, 0 for none. */
	private int trace;

	private final Map<BlockEntry, Map<Integer, byte[]>> ahead = new IdentityHashMap<>();

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
		this.likely = this.directory.blocks();
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
			Values values = opened.values(column);
			for (int row = 0; row < rows.size(); row++) {
				if (!rows.get(row).has(column, values.get(row))) {
					return false;
				}
			}
		}
		return rows.stream().allMatch((row) -> row.table().equals(block.layout().table()));
	}

	/** Where it is stored. */
	SegmentRef ref() {
		return Objects.requireNonNull(this.ref, "a segment in memory alone has no place");
	}

	List<BlockEntry> blocks() {
		return this.directory.blocks();
	}

	/**
	 * Those that may hold what is looked for, all of them unless {@link #narrow} knew
	 * more.
	 */
	List<BlockEntry> likelyBlocks() {
		return this.likely;
	}

	/**
	 * Says what the filter of words knows.
	 * @param likely by the number of a block
	 */
	void narrow(IntPredicate likely) {
		if (this.directory.hasWordsByBlock()) {
			this.likely = IntStream.range(0, blocks().size()).filter(likely).mapToObj(blocks()::get).toList();
		}
	}

	/** Which blocks hold rows of a trace, with the places of those rows. */
	Map<BlockEntry, int[]> rowsOfTrace(byte[] id) {
		int number = this.ids.number(id);
		this.trace = number;
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
		Map<Integer, byte[]> chunks = this.ahead.remove(block);
		return new OpenBlock(this.ref, this.ids, block, this.data, (chunks != null) ? chunks : Map.of());
	}

	/**
	 * Opens blocks of which everything will be needed, read together with the spans of
	 * the trace whose rows were looked for.
	 */
	List<OpenBlock> openOfTrace(List<BlockEntry> blocks) {
		List<OpenBlock> opened = blocks.stream().map(this::open).toList();
		completing(opened).and(this.ids.idsOf(LongStream.of(this.trace))).read(this.data);
		return opened;
	}

	/** What is needed to show rows of opened blocks, besides the ids of their traces. */
	Ahead completing(Collection<OpenBlock> blocks) {
		List<OpenBlock> incomplete = blocks.stream().filter((block) -> block.missing() != null).toList();
		return Ahead.each(incomplete, (block) -> Objects.requireNonNull(block.missing()), OpenBlock::complete)
			.and(this.ids.numbersOf(blocks.stream().map(OpenBlock::entry).toList()));
	}

	/**
	 * Reads columns of blocks that will be opened, all together. What is read serves one
	 * opening of each.
	 * @param columns by their places in the table of the block
	 */
	void readAhead(List<BlockEntry> blocks, Function<Layout, Set<Integer>> columns) {
		ahead(blocks, columns).read(this.data);
	}

	/** What {@link #readAhead} would read, for somebody who reads more together. */
	Ahead ahead(List<BlockEntry> blocks, Function<Layout, Set<Integer>> columns) {
		List<Pieces.Part> parts = new ArrayList<>();
		List<Consumer<byte[]>> takers = new ArrayList<>();
		for (BlockEntry block : blocks) {
			if (!this.ahead.containsKey(block)) {
				Layout layout = block.layout();
				for (int column : columns.apply(layout)) {
					int place = layout.chunk(column);
					if (place >= 0) {
						parts.add(new Pieces.Part(block.chunkFrom(place), block.lengths()[place]));
						takers.add(
								(chunk) -> this.ahead.computeIfAbsent(block, (_) -> new HashMap<>()).put(place, chunk));
					}
				}
			}
		}
		return new Ahead(parts, (read) -> {
			for (int i = 0; i < takers.size(); i++) {
				takers.get(i).accept(read.get(i));
			}
		});
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
