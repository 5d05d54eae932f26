package dev.whence.store.segment;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

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
 * @param tracesLength of the chunk with their ids, which is the first
 * @param groups the lengths of the chunks with the spans' ids
 */
record Directory(int version, int traces, int tracesLength, int[] groups, List<BlockEntry> blocks) {

	/** In front of everything: how it is written. */
	static final int VERSION = 2;

	/** The first whose filter of words tells blocks apart. */
	private static final int WORDS_BY_BLOCK = 2;

	byte[] encode() {
		ByteSink out = new ByteSink(4096);
		out.put(this.version);
		out.putVarint(this.traces);
		out.putVarint(this.tracesLength);
		out.putVarint(this.groups.length);
		for (int group : this.groups) {
			out.putVarint(group);
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
		int tracesLength = in.getCount();
		int[] groups = new int[in.getCount()];
		int position = tracesLength;
		for (int i = 0; i < groups.length; i++) {
			groups[i] = in.getCount();
			position += groups[i];
		}
		List<BlockEntry> unplaced = new ArrayList<>();
		int count = in.getCount();
		for (int i = 0; i < count; i++) {
			unplaced.add(block(in));
		}
		return new Directory(version, traces, tracesLength, groups, placed(unplaced, position));
	}

	private static BlockEntry block(ByteSource in) {
		Layout layout = Layout.of(Table.of(SignalType.ofCode(in.getCount())));
		int rows = in.getCount();
		long first = in.getZigzag();
		long last = first + in.getVarint();
		List<String> services = new ArrayList<>();
		int size = in.getCount();
		for (int i = 0; i < size; i++) {
			services.add(new String(in.getValue(), StandardCharsets.UTF_8));
		}
		int traceLength = in.getCount();
		int[] lengths = new int[layout.stored().size() - 1];
		for (int i = 0; i < lengths.length; i++) {
			lengths[i] = in.getCount();
		}
		return new BlockEntry(layout, rows, first, last, services, 0, lengths, 0, traceLength);
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

	/** How many bytes the data has. */
	int dataLength() {
		BlockEntry last = this.blocks.getLast();
		return last.from() + last.length();
	}

	int groupFrom(int group) {
		int from = this.tracesLength;
		for (int i = 0; i < group; i++) {
			from += this.groups[i];
		}
		return from;
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
