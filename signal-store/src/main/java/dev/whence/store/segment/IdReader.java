package dev.whence.store.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

import dev.whence.store.column.ByteSource;
import dev.whence.store.column.IntegerCodec;
import dev.whence.store.column.ValueList;
import org.jspecify.annotations.Nullable;

/** Reads the {@link TraceIds} of a stored segment as far as they are needed. */
final class IdReader {

	private final Directory directory;

	private final Pieces data;

	private final Map<Integer, List<byte[][]>> spans = new HashMap<>();

	/** The ids of all traces, in the order of their numbers. */
	private @Nullable ValueList traces;

	/** The chunks of the traces of all blocks, which lie together. */
	private byte @Nullable [] traceNumbers;

	IdReader(Directory directory, Pieces data) {
		this.directory = directory;
		this.data = data;
	}

	/** The id of the trace with a number, null for 0. */
	byte @Nullable [] trace(long number) {
		return (number == 0) ? null : traces().get(Math.toIntExact(number) - 1);
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
		byte[] all = this.traceNumbers;
		if (all == null) {
			all = this.data.read(List.of(partOfNumbers())).getFirst();
			this.traceNumbers = all;
		}
		int from = block.traceFrom() - partOfNumbers().from();
		byte[] chunk = Arrays.copyOfRange(all, from, from + block.traceLength());
		return IntegerCodec.decodeNumbers(new ByteSource(Chunk.decompress(chunk)), block.rows());
	}

	/**
	 * The number of a trace, 0 when it is not there. Reads the traces of all blocks as
	 * well, for they are looked at next.
	 */
	int number(byte[] id) {
		List<Pieces.Part> missing = missing();
		if (!missing.isEmpty()) {
			take(this.data.read(missing));
		}
		return traces().indexOf(id) + 1;
	}

	/** What has to be read before rows can be shown, which {@link #take} takes. */
	List<Pieces.Part> missing() {
		List<Pieces.Part> missing = new ArrayList<>();
		if (this.traces == null) {
			missing.add(partOfTraces());
		}
		if (this.traceNumbers == null) {
			missing.add(partOfNumbers());
		}
		return missing;
	}

	void take(List<byte[]> read) {
		int next = 0;
		if (this.traces == null) {
			this.traces = decodeTraces(read.get(next++));
		}
		if (this.traceNumbers == null) {
			this.traceNumbers = read.get(next);
		}
	}

	/** What has to be read before the ids of the spans of traces can be told. */
	Ahead spans(LongStream traces) {
		List<Integer> groups = traces.filter((trace) -> trace > 0)
			.mapToObj((trace) -> (int) (trace / TraceIds.GROUP))
			.distinct()
			.filter((group) -> !this.spans.containsKey(group))
			.toList();
		return new Ahead(groups.stream().map(this::partOfSpans).toList(), (read) -> {
			for (int i = 0; i < groups.size(); i++) {
				this.spans.put(groups.get(i), decodeGroup(groups.get(i), read.get(i)));
			}
		});
	}

	private ValueList traces() {
		if (this.traces == null) {
			this.traces = decodeTraces(this.data.read(List.of(partOfTraces())).getFirst());
		}
		return this.traces;
	}

	private static ValueList decodeTraces(byte[] chunk) {
		return ValueList.read(new ByteSource(Chunk.decompress(chunk)));
	}

	private Pieces.Part partOfTraces() {
		return new Pieces.Part(0, this.directory.tracesLength());
	}

	private Pieces.Part partOfNumbers() {
		BlockEntry first = this.directory.blocks().getFirst();
		return new Pieces.Part(first.traceFrom(), first.from() - first.traceFrom());
	}

	private Pieces.Part partOfSpans(int group) {
		return new Pieces.Part(this.directory.groupFrom(group), this.directory.groups()[group]);
	}

	private List<byte[][]> readGroup(int group) {
		return decodeGroup(group, this.data.read(List.of(partOfSpans(group))).getFirst());
	}

	private List<byte[][]> decodeGroup(int group, byte[] chunk) {
		int traces = Math.min(TraceIds.GROUP, this.directory.traces() + 1 - group * TraceIds.GROUP);
		return TraceIds.decodeSpans(Chunk.decompress(chunk), traces);
	}

}
