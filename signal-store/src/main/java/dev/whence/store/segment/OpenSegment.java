package dev.whence.store.segment;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import dev.whence.store.column.ByteSink;
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

	/** A block that is not longer, in bytes, is read at once, as a whole. */
	private static final int SHORT = 4096;

	private final @Nullable SegmentRef ref;

	private final Directory directory;

	private final Pieces data;

	private final IdReader ids;

	private List<BlockEntry> likely;

	/** The number of the trace that was asked for last, 0 for none. */
	private int trace;

	private final Map<BlockEntry, Map<Integer, byte[]>> ahead = new IdentityHashMap<>();

	private final Map<BlockEntry, byte[]> wholeAhead = new IdentityHashMap<>();

	/**
	 * @param ref where it is stored, null where it is not
	 * @param index its {@link TraceIndex} as it is stored, null for none
	 */
	OpenSegment(@Nullable SegmentRef ref, Directory directory, byte @Nullable [] index, Pieces data) {
		this.ref = ref;
		this.directory = directory;
		this.data = data;
		this.ids = new IdReader(this.directory, data, index);
		this.likely = this.directory.blocks();
	}

	/** Reads one that is in memory. */
	public static OpenSegment of(Segment segment) {
		return new OpenSegment(null, Directory.decode(Chunk.decompress(segment.directory())), segment.traceIndex(),
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
		return next == rows.size() && this.ids.indexHolds();
	}

	private static boolean holds(OpenBlock opened, BlockEntry block, List<StoredRow> rows) {
		ByteSink value = new ByteSink(1024);
		for (int column : block.layout().stored()) {
			Values values = opened.values(column);
			for (int row = 0; row < rows.size(); row++) {
				value.clear();
				StoredRow expected = rows.get(row);
				if (!(values.put(row, value) ? expected.has(column, value) : expected.isNull(column))) {
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

	/** Which bits of a word its filter has. */
	TokenBits bitsOfWords() {
		return this.directory.bitsOfWords();
	}

	/** The ids of all its traces, as they are stored. */
	List<byte[]> traces() {
		return this.ids.traces();
	}

	/** Which blocks hold rows of a trace, with the places of those rows. */
	Map<BlockEntry, int[]> rowsOfTrace(byte[] id) {
		int number = this.ids.number(id);
		this.trace = number;
		Map<BlockEntry, int[]> found = new HashMap<>();
		if (number > 0) {
			for (BlockEntry block : this.ids.blocksOf(number)) {
				int[] rows = this.ids.rowsOf(number, block);
				if (rows.length > 0) {
					found.put(block, rows);
				}
			}
		}
		return found;
	}

	OpenBlock open(BlockEntry block) {
		Map<Integer, byte[]> chunks = this.ahead.remove(block);
		OpenBlock opened = new OpenBlock(this.ref, this.ids, block, this.data, (chunks != null) ? chunks : Map.of());
		byte[] whole = this.wholeAhead.remove(block);
		if (whole != null) {
			opened.complete(whole);
		}
		return opened;
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
		List<BlockEntry> unread = blocks.stream()
			.filter((block) -> !this.ahead.containsKey(block) && !this.wholeAhead.containsKey(block))
			.toList();
		List<BlockEntry> shortOnes = unread.stream().filter((block) -> block.length() <= SHORT).toList();
		List<ColumnChunk> chunks = unread.stream()
			.filter((block) -> block.length() > SHORT)
			.flatMap((block) -> ColumnChunk.of(block, columns.apply(block.layout())))
			.toList();
		return Ahead
			.each(chunks, ColumnChunk::part,
					(chunk, read) -> this.ahead.computeIfAbsent(chunk.block(), (_) -> new HashMap<>())
						.put(chunk.place(), read))
			.and(Ahead.each(shortOnes, (block) -> new Pieces.Part(block.from(), block.length()), this.wholeAhead::put))
			.and(this.ids.numbersOf(shortOnes));
	}

	/**
	 * The chunk of a column.
	 *
	 * @param place among the chunks of the block
	 */
	private record ColumnChunk(BlockEntry block, int place) {

		/** Those of the columns that have chunks. */
		static Stream<ColumnChunk> of(BlockEntry block, Set<Integer> columns) {
			return columns.stream()
				.map(block.layout()::chunk)
				.filter((place) -> place >= 0)
				.map((place) -> new ColumnChunk(block, place));
		}

		Pieces.Part part() {
			return this.block.part(this.place);
		}

	}

}
