package dev.whence.store.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.whence.store.column.ByteSink;
import org.jspecify.annotations.Nullable;

/**
 * The ids of a segment's traces and of their spans, each once. A row has the number of
 * its trace and its span's number within that trace, which are small; so a parent and the
 * span of a log cost next to nothing. Number 0 stands for the rows without a trace.
 */
final class TraceIds {

	/**
	 * Traces whose ids, and whose spans' ids, are read together: some six kilobytes for
	 * whoever shows one row.
	 */
	static final int GROUP = 64;

	/** The usual length of a span's id, in bytes. */
	static final int SPAN = 8;

	private final Map<Id, Integer> numbers = new HashMap<>();

	private final List<byte[]> traces = new ArrayList<>();

	/** For each trace its spans in the order of their numbers. */
	private final List<Map<Id, Integer>> spans = new ArrayList<>(List.of(new LinkedHashMap<>()));

	/** The number of a trace, which it gets now if it has none. */
	int trace(byte @Nullable [] id) {
		if (id == null) {
			return 0;
		}
		Integer known = this.numbers.putIfAbsent(new Id(id), this.traces.size() + 1);
		if (known != null) {
			return known;
		}
		this.traces.add(id);
		this.spans.add(new LinkedHashMap<>());
		return this.traces.size();
	}

	/** The number of a span of a trace, 0 for none. */
	int span(int trace, byte @Nullable [] id) {
		if (id == null) {
			return 0;
		}
		Map<Id, Integer> ids = this.spans.get(trace);
		Integer known = ids.putIfAbsent(new Id(id), ids.size() + 1);
		return (known != null) ? known : ids.size();
	}

	List<byte[]> traces() {
		return this.traces;
	}

	/** The ids of the traces, group by group; the first has no number 0. */
	List<byte[]> encodeTraces() {
		List<byte[]> groups = new ArrayList<>();
		for (int from = 0; from <= this.traces.size(); from += GROUP) {
			List<byte[]> some = this.traces.subList(Math.max(0, from - 1),
					Math.min(from + GROUP - 1, this.traces.size()));
			ByteSink out = new ByteSink(17 * some.size() + 16);
			out.putVarint(some.size());
			some.forEach(out::putValue);
			groups.add(out.toBytes());
		}
		return groups;
	}

	/** The ids of the spans, group by group of traces; {@link SpanIds} reads them. */
	List<byte[]> encodeSpans() {
		List<byte[]> groups = new ArrayList<>();
		for (int from = 0; from < this.spans.size(); from += GROUP) {
			ByteSink out = new ByteSink(10_000);
			for (Map<Id, Integer> ids : this.spans.subList(from, Math.min(from + GROUP, this.spans.size()))) {
				boolean usual = ids.keySet().stream().allMatch((id) -> id.bytes().length == SPAN);
				out.putVarint(2L * ids.size() + (usual ? 1 : 0));
				for (Id id : ids.keySet()) {
					if (usual) {
						out.put(id.bytes());
					}
					else {
						out.putValue(id.bytes());
					}
				}
			}
			groups.add(out.toBytes());
		}
		return groups;
	}

	private record Id(byte[] bytes) {

		@Override
		public boolean equals(Object other) {
			return other instanceof Id id && Arrays.equals(this.bytes, id.bytes);
		}

		@Override
		public int hashCode() {
			return Arrays.hashCode(this.bytes);
		}

	}

}
