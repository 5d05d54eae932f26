package dev.whence.store.segment;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import dev.whence.store.column.ByteSource;
import dev.whence.store.column.IntegerCodec;
import dev.whence.store.column.ValueList;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@link TraceIds} of a stored segment as far as they are needed. What was not
 * asked for ahead is read with everything of its kind, for there will be more.
 */
final class IdReader {

	private final Directory directory;

	private final Pieces data;

	/** As it is stored, null where the segment has none. */
	private final byte @Nullable [] storedIndex;

	private @Nullable TraceIndex index;

	/** The chunks of the ids of traces, as they were read. */
	private final Map<Integer, byte[]> chunks = new HashMap<>();

	private final Map<Integer, ValueList> traces = new HashMap<>();

	private final Map<Integer, SpanIds> spans = new HashMap<>();

	/** The chunks of the traces of blocks. */
	private final Map<BlockEntry, byte[]> numbers = new IdentityHashMap<>();

	/**
	 * @param index the segment's {@link TraceIndex} as it is stored, null for none
	 */
	IdReader(Directory directory, Pieces data, byte @Nullable [] index) {
		this.directory = directory;
		this.data = data;
		this.storedIndex = index;
	}

	/** The id of the trace with a number, null for 0. */
	byte @Nullable [] trace(long number) {
		if (number == 0) {
			return null;
		}
		int chunk = this.directory.chunkOf(Math.toIntExact(number));
		return traces(chunk).get((int) number - this.directory.firstOf(chunk));
	}

	/** The id of a span by its number in its trace, null for 0. */
	byte @Nullable [] span(long trace, long number) {
		if (number == 0) {
			return null;
		}
		int group = (int) (trace / this.directory.group());
		return this.spans.computeIfAbsent(group, this::readGroup)
			.get((int) (trace % this.directory.group()), Math.toIntExact(number));
	}

	/** The numbers of the traces of a block's rows. */
	long[] traceNumbers(BlockEntry block) {
		return IntegerCodec.decodeNumbers(numbers(block), block.rows());
	}

	/** Which rows of a block are of the trace with a number. */
	int[] rowsOf(long trace, BlockEntry block) {
		return IntegerCodec.placesOf(trace, numbers(block), block.rows());
	}

	/** The ids of all traces. */
	List<byte[]> traces() {
		return IntStream.rangeClosed(1, this.directory.traces())
			.mapToObj((number) -> Objects.requireNonNull(trace(number)))
			.toList();
	}

	private ByteSource numbers(BlockEntry block) {
		if (!this.numbers.containsKey(block)) {
			numbersOf(this.directory.blocks()).read(this.data);
		}
		return new ByteSource(Chunk.decompress(Objects.requireNonNull(this.numbers.get(block))));
	}

	/**
	 * The number of a trace, 0 when it is not there. Reads the traces of the blocks that
	 * it may be in as well, for they are looked at next.
	 */
	int number(byte[] id) {
		TraceIndex known = index();
		if (known == null) {
			ids(allChunks()).and(numbersOf(this.directory.blocks())).read(this.data);
			return numberAmongAll(id);
		}
		List<Integer> numbers = known.numbers(id);
		Set<BlockEntry> blocks = new LinkedHashSet<>();
		numbers.forEach((number) -> blocks.addAll(blocksOf(number)));
		ids(numbers.stream().mapToInt(this.directory::chunkOf).distinct()).and(numbersOf(blocks)).read(this.data);
		return numbers.stream().filter((number) -> Arrays.equals(trace(number), id)).findFirst().orElse(0);
	}

	/** Whether the index leads to every row of every trace, or there is none. */
	boolean indexHolds() {
		TraceIndex known = index();
		if (known == null) {
			return true;
		}
		boolean all = IntStream.rangeClosed(1, this.directory.traces())
			.allMatch((number) -> known.isNumberOf(Objects.requireNonNull(trace(number)), number));
		return all && this.directory.blocks()
			.stream()
			.allMatch((block) -> Arrays.stream(traceNumbers(block))
				.allMatch((number) -> number == 0 || known.mayBeIn(block, Math.toIntExact(number))));
	}

	private @Nullable TraceIndex index() {
		if (this.index == null && this.storedIndex != null) {
			this.index = TraceIndex.read(Chunk.decompress(this.storedIndex), this.directory.traces()).orElse(null);
		}
		return this.index;
	}

	private int numberAmongAll(byte[] id) {
		for (int chunk = 0; chunk < this.directory.ids().length; chunk++) {
			int place = traces(chunk).indexOf(id);
			if (place >= 0) {
				return this.directory.firstOf(chunk) + place;
			}
		}
		return 0;
	}

	/** The blocks that may have rows of the trace with a number. */
	List<BlockEntry> blocksOf(int number) {
		TraceIndex known = index();
		if (known == null) {
			return this.directory.blocks();
		}
		return this.directory.blocks().stream().filter((block) -> known.mayBeIn(block, number)).toList();
	}

	/** What says of which traces the rows of blocks are. */
	Ahead numbersOf(Collection<BlockEntry> blocks) {
		return Ahead.each(blocks.stream().filter((block) -> !this.numbers.containsKey(block)).toList(),
				(block) -> new Pieces.Part(block.traceFrom(), block.traceLength()), this.numbers::put);
	}

	/** The ids of traces and of their spans. */
	Ahead idsOf(LongStream numbers) {
		int[] some = numbers.filter((number) -> number > 0).mapToInt(Math::toIntExact).toArray();
		List<Integer> groups = Arrays.stream(some)
			.map((number) -> number / this.directory.group())
			.distinct()
			.filter((group) -> !this.spans.containsKey(group))
			.boxed()
			.toList();
		return ids(Arrays.stream(some).map(this.directory::chunkOf).distinct()).and(Ahead.each(groups,
				this.directory::partOfSpans, (group, read) -> this.spans.put(group, decodeGroup(group, read))));
	}

	private Ahead ids(IntStream wanted) {
		return Ahead.each(wanted.filter((chunk) -> !this.chunks.containsKey(chunk)).boxed().toList(),
				this.directory::partOfIds, this.chunks::put);
	}

	private ValueList traces(int chunk) {
		return this.traces.computeIfAbsent(chunk, this::readTraces);
	}

	private ValueList readTraces(int chunk) {
		if (!this.chunks.containsKey(chunk)) {
			ids(allChunks()).read(this.data);
		}
		return ValueList.read(new ByteSource(Chunk.decompress(Objects.requireNonNull(this.chunks.get(chunk)))));
	}

	private IntStream allChunks() {
		return IntStream.range(0, this.directory.ids().length);
	}

	private SpanIds readGroup(int group) {
		return decodeGroup(group, this.data.read(List.of(this.directory.partOfSpans(group))).getFirst());
	}

	private SpanIds decodeGroup(int group, byte[] chunk) {
		int size = this.directory.group();
		int traces = Math.min(size, this.directory.traces() + 1 - group * size);
		return SpanIds.read(Chunk.decompress(chunk), traces);
	}

}
