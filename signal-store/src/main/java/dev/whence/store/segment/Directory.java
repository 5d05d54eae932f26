package dev.whence.store.segment;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.whence.model.SignalType;
import dev.whence.store.column.ByteSink;
import dev.whence.store.column.ByteSource;
import dev.whence.store.column.DamagedColumnException;
import dev.whence.store.table.Table;

/**
 * What lies where in a segment's data: the ids of the traces, those of their spans in
 * groups, the numbers of the traces block by block, and then each block's other columns.
 *
 * @param version how the segment is written
 * @param traces how many traces there are
 * @param ids the lengths of the chunks with their ids, which are the first
 * @param groups the lengths of the chunks with the spans' ids
 */
record Directory(int version, int traces, int[] ids, int[] groups, List<BlockEntry> blocks) {

	/** In front of everything: how it is written. */
	static final int VERSION = 6;

	/** The first whose filter of words tells blocks apart. */
	private static final int WORDS_BY_BLOCK = 2;

	/** The first whose traces' ids are chunked as those of their spans are. */
	private static final int IDS_IN_GROUPS = 3;

	/** The first whose groups are as small as they are now. */
	private static final int SMALL_GROUPS = 4;

	/** The first whose filter of words has more bits for each. */
	private static final int SURER_WORDS = 5;

	/** The first whose bits of a word lie anywhere in a line. */
	private static final int SPREAD_WORDS = 6;

	/** Traces in a group before. */
	private static final int FORMER_GROUP = 256;

	byte[] encode() {
		ByteSink out = new ByteSink(4096);
		out.put(this.version);
		out.putVarint(this.traces);
		if (!hasIdsInGroups()) {
			out.putVarint(this.ids[0]);
		}
		out.putVarint(this.groups.length);
		for (int group : this.groups) {
			out.putVarint(group);
		}
		if (hasIdsInGroups()) {
			for (int length : this.ids) {
				out.putVarint(length);
			}
		}
		out.putVarint(this.blocks.size());
		for (BlockEntry block : this.blocks) {
			out.putVarint(type(block.layout().table()).code());
			out.putVarint(block.rows());
			out.putZigzag(block.firstTime());
			out.putVarint(block.lastTime() - block.firstTime());
			out.putVarint(block.services().size());
			block.services().forEach((service) -> out.putValue(service.getBytes(StandardCharsets.UTF_8)));
			out.putVarint(block.traceLength());
			for (int length : block.lengths()) {
				out.putVarint(length);
			}
		}
		return out.toBytes();
	}

	static Directory decode(byte[] bytes) {
		ByteSource in = new ByteSource(bytes);
		int version = in.get();
		if (version < 1 || version > VERSION) {
			throw new DamagedColumnException("segments of version " + version + " are not known here");
		}
		int traces = in.getCount();
		int[] ids = (version < IDS_IN_GROUPS) ? counts(in, 1) : new int[0];
		int[] groups = counts(in, in.getCount());
		if (version >= IDS_IN_GROUPS) {
			ids = counts(in, groups.length);
		}
		List<BlockEntry> unplaced = new ArrayList<>();
		// Most blocks have the service of their neighbour.
		Map<String, String> services = new HashMap<>();
		int count = in.getCount();
		for (int i = 0; i < count; i++) {
			unplaced.add(block(in, services));
		}
		return new Directory(version, traces, ids, groups, placed(unplaced, sum(ids) + sum(groups)));
	}

	private static int[] counts(ByteSource in, int size) {
		int[] counts = new int[size];
		for (int i = 0; i < size; i++) {
			counts[i] = in.getCount();
		}
		return counts;
	}

	private static BlockEntry block(ByteSource in, Map<String, String> known) {
		Layout layout = Layout.of(Table.of(SignalType.ofCode(in.getCount())));
		int rows = in.getCount();
		long first = in.getZigzag();
		long last = first + in.getVarint();
		List<String> services = new ArrayList<>();
		int size = in.getCount();
		for (int i = 0; i < size; i++) {
			String service = new String(in.getValue(), StandardCharsets.UTF_8);
			services.add(known.computeIfAbsent(service, (_) -> service));
		}
		int traceLength = in.getCount();
		int[] lengths = new int[layout.stored().size() - 1];
		for (int i = 0; i < lengths.length; i++) {
			lengths[i] = in.getCount();
		}
		return new BlockEntry(layout, rows, first, last, List.copyOf(services), 0, lengths, 0, traceLength);
	}

	/** Says where the chunks of each block lie. */
	static List<BlockEntry> placed(List<BlockEntry> blocks, int from) {
		int trace = from;
		int position = from + blocks.stream().mapToInt(BlockEntry::traceLength).sum();
		List<BlockEntry> placed = new ArrayList<>();
		for (BlockEntry block : blocks) {
			placed.add(new BlockEntry(block.layout(), block.rows(), block.firstTime(), block.lastTime(),
					block.services(), position, block.lengths(), trace, block.traceLength()));
			trace += block.traceLength();
			position += block.length();
		}
		return placed;
	}

	boolean hasWordsByBlock() {
		return this.version >= WORDS_BY_BLOCK;
	}

	/** Which bits of a word its filter has. */
	TokenBits bitsOfWords() {
		if (this.version >= SPREAD_WORDS) {
			return TokenBits.SPREAD;
		}
		return (this.version >= SURER_WORDS) ? TokenBits.TEN : TokenBits.SIX;
	}

	/** How many bytes the data has. */
	int dataLength() {
		BlockEntry last = this.blocks.getLast();
		return last.from() + last.length();
	}

	private boolean hasIdsInGroups() {
		return this.version >= IDS_IN_GROUPS;
	}

	/** How many traces have their spans' ids in one chunk. */
	int group() {
		return (this.version >= SMALL_GROUPS) ? TraceIds.GROUP : FORMER_GROUP;
	}

	/** Which chunk has the id of a trace. */
	int chunkOf(int trace) {
		return hasIdsInGroups() ? trace / group() : 0;
	}

	/** The number of the first trace whose id is in a chunk. */
	int firstOf(int chunk) {
		return Math.max(1, chunk * group());
	}

	Pieces.Part partOfIds(int chunk) {
		return part(0, this.ids, chunk);
	}

	Pieces.Part partOfSpans(int group) {
		return part(sum(this.ids), this.groups, group);
	}

	private static Pieces.Part part(int from, int[] lengths, int place) {
		return new Pieces.Part(from + sum(Arrays.copyOf(lengths, place)), lengths[place]);
	}

	private static int sum(int[] lengths) {
		return Arrays.stream(lengths).sum();
	}

	private static SignalType type(Table table) {
		for (SignalType type : SignalType.values()) {
			if (Table.of(type).equals(table)) {
				return type;
			}
		}
		throw new IllegalArgumentException(table + " holds no signals");
	}

}
