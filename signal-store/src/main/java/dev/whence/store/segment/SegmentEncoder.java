package dev.whence.store.segment;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

import dev.whence.model.SignalType;
import dev.whence.store.column.ByteSink;
import dev.whence.store.column.IntegerCodec;
import dev.whence.store.column.Vocabulary;
import dev.whence.store.table.Table;
import org.jspecify.annotations.Nullable;

/** Makes segments of rows. */
public final class SegmentEncoder {

	/** Rows in a block: what is read to show one of them (ADR 026). */
	static final int BLOCK = 512;

	/** A block goes on into the next service until it has so many rows. */
	private static final int SMALL = BLOCK / 4;

	/**
	 * The rarest services with no more rows of a kind have blocks of their own: unpacking
	 * 512 rows to show one of them is most of what showing it takes.
	 */
	private static final int RARE = 16;

	/**
	 * There is at most one such block for so many rows; each takes some 500 bytes more.
	 */
	private static final int ROWS_PER_RARE = 1024;

	/** Bits of the filters for each token. */
	private static final int ID_BITS = 14;

	private static final List<String> TEXTS = List.of("message", "name", "status_message");

	private SegmentEncoder() {
	}

	/**
	 * @param rows of one project and retention, at least one, in any order
	 */
	public static Encoded encode(int project, int retentionDays, List<StoredRow> rows) {
		List<Placed> inTime = new ArrayList<>(rows.size());
		rows.forEach((row) -> inTime.add(Placed.of(row)));
		// Traces get their numbers in the order of time, so that neighbours in time have
		// neighbouring numbers.
		inTime.sort(Placed.IN_TIME);
		TraceIds ids = new TraceIds();
		TraceIndex.Builder index = new TraceIndex.Builder();
		Tokens idTokens = new Tokens();
		long received = Long.MIN_VALUE;
		for (Placed row : inTime) {
			row.number(ids);
			index.add(row.trace, row.time());
			idTokens.add(Tokens.id(row.row.required(row.layout.id())));
			received = Math.max(received, row.received());
		}
		ids.traces().forEach((trace) -> idTokens.add(Tokens.id(trace)));
		long first = inTime.getFirst().time();
		long last = inTime.getLast().time();
		Map<Origin, List<Placed>> byOrigin = inTime.stream().collect(Collectors.groupingBy(Placed::origin));
		Set<Origin> rare = rare(byOrigin, rows.size());
		List<Placed> placed = byOrigin.keySet()
			.stream()
			.sorted(Comparator.<Origin, Boolean>comparing(rare::contains).thenComparing(Origin.ORDER))
			.flatMap((origin) -> Objects.requireNonNull(byOrigin.get(origin)).stream())
			.toList();
		TreeSet<String> services = byOrigin.keySet()
			.stream()
			.map(Origin::service)
			.collect(Collectors.toCollection(TreeSet::new));
		try (Chunk chunk = new Chunk()) {
			List<byte[]> traces = ids.encodeTraces().stream().map(chunk::compress).toList();
			List<byte[]> groups = ids.encodeSpans().stream().map(chunk::compress).toList();
			List<EncodedBlock> blocks = new ArrayList<>();
			TokenPlaces words = new TokenPlaces();
			for (List<Placed> block : blocks(placed, rare)) {
				Tokens ofBlock = new Tokens();
				EncodedBlock encoded = encode(block, chunk, ofBlock);
				words.add(blocks.size(), ofBlock.distinct());
				blocks.add(encoded);
			}
			Directory directory = new Directory(Directory.VERSION, ids.traces().size(), lengths(traces),
					lengths(groups), blocks.stream().map(EncodedBlock::entry).toList());
			ByteSink data = new ByteSink(64 * rows.size());
			traces.forEach(data::put);
			groups.forEach(data::put);
			blocks.forEach((block) -> data.put(block.traces()));
			blocks.forEach((block) -> block.chunks().forEach(data::put));
			Segment segment = new Segment(project, retentionDays, rows.size(), first, last, received, services,
					chunk.compress(directory.encode()), data.toBytes(), TokenFilter.of(idTokens.distinct(), ID_BITS),
					TokenFilter.of(words), chunk.compress(index.encode(ids.traces())));
			return new Encoded(segment, placed.stream().map((row) -> row.row).toList());
		}
	}

	private static int[] lengths(List<byte[]> chunks) {
		return chunks.stream().mapToInt((chunk) -> chunk.length).toArray();
	}

	/** The rarest services, at most one for each {@value #ROWS_PER_RARE} rows. */
	private static Set<Origin> rare(Map<Origin, List<Placed>> byOrigin, int rows) {
		return byOrigin.entrySet()
			.stream()
			.filter((origin) -> origin.getValue().size() <= RARE)
			.sorted(Comparator.<Map.Entry<Origin, List<Placed>>>comparingInt((origin) -> origin.getValue().size())
				.thenComparing(Map.Entry.comparingByKey(Origin.ORDER)))
			.limit(rows / ROWS_PER_RARE)
			.map(Map.Entry::getKey)
			.collect(Collectors.toSet());
	}

	private static List<List<Placed>> blocks(List<Placed> rows, Set<Origin> rare) {
		List<List<Placed>> blocks = new ArrayList<>();
		int from = 0;
		for (int i = 1; i <= rows.size(); i++) {
			if (i == rows.size() || i - from == BLOCK || isBorder(rows.get(i - 1), rows.get(i), i - from, rare)) {
				blocks.add(rows.subList(from, i));
				from = i;
			}
		}
		return blocks;
	}

	private static boolean isBorder(Placed before, Placed next, int rows, Set<Origin> rare) {
		return before.layout() != next.layout() || (!before.service().equals(next.service())
				&& (rows >= SMALL || rare.contains(before.origin()) || rare.contains(next.origin())));
	}

	private static EncodedBlock encode(List<Placed> rows, Chunk chunk, Tokens words) {
		Layout layout = rows.getFirst().layout();
		byte[] traces = chunk.compress(numbers(rows, (row) -> row.trace));
		List<byte[]> chunks = new ArrayList<>();
		for (int column : layout.stored()) {
			if (column != layout.trace()) {
				chunks.add(chunk.compress(column(rows, layout, column, words)));
			}
		}
		long first = rows.stream().mapToLong(Placed::time).min().orElseThrow();
		long last = rows.stream().mapToLong(Placed::time).max().orElseThrow();
		BlockEntry entry = new BlockEntry(layout, rows.size(), first, last,
				rows.stream().map(Placed::service).distinct().toList(), 0, lengths(chunks), 0, traces.length);
		return new EncodedBlock(entry, traces, chunks);
	}

	private static byte[] column(List<Placed> rows, Layout layout, int column, Tokens words) {
		int span = layout.spans().indexOf(column);
		if (span >= 0) {
			return numbers(rows, (row) -> row.spans[span]);
		}
		List<byte @Nullable []> values = new ArrayList<>(rows.size());
		rows.forEach((row) -> values.add(row.row.field(column)));
		ByteSink out = new ByteSink(4096);
		layout.codec(column).encode(values, out, vocabulary(layout, column, words));
		return out.toBytes();
	}

	/** What of a column can be searched for. */
	private static Vocabulary vocabulary(Layout layout, int column, Tokens words) {
		String name = layout.table().columns().get(column).name();
		if (TEXTS.contains(name)) {
			return words.texts();
		}
		if (name.equals("details") && layout.type() == SignalType.TRACE) {
			return words.events();
		}
		return (name.equals("attributes") || name.equals("resource")) ? words.attributes() : Vocabulary.NONE;
	}

	private static byte[] numbers(List<Placed> rows, ToIntFunction<Placed> number) {
		ByteSink out = new ByteSink(2 * rows.size() + 16);
		IntegerCodec.encode(rows.stream().mapToLong(number::applyAsInt).toArray(), out);
		return out.toBytes();
	}

	/**
	 * A segment.
	 *
	 * @param rows in the order that they have in it
	 */
	public record Encoded(Segment segment, List<StoredRow> rows) {
	}

	private record EncodedBlock(BlockEntry entry, byte[] traces, List<byte[]> chunks) {
	}

	/** Where rows that lie together come from. */
	private record Origin(Table table, String service) {

		static final Comparator<Origin> ORDER = Comparator.comparing(Origin::table).thenComparing(Origin::service);

	}

	/** A row on its way into a block. */
	private static final class Placed {

		static final Comparator<Placed> IN_TIME = Comparator.comparingLong(Placed::time)
			.thenComparing((row) -> row.row.required(row.layout.id()), Arrays::compareUnsigned);

		private final StoredRow row;

		private final Layout layout;

		private final long time;

		private final Origin origin;

		private int trace;

		private int[] spans = {};

		private Placed(StoredRow row, Layout layout, long time, Origin origin) {
			this.row = row;
			this.layout = layout;
			this.time = time;
			this.origin = origin;
		}

		static Placed of(StoredRow row) {
			Layout layout = Layout.of(row.table());
			return new Placed(row, layout, toLong(row.required(layout.time())),
					new Origin(row.table(), new String(row.required(layout.service()), StandardCharsets.UTF_8)));
		}

		Layout layout() {
			return this.layout;
		}

		long time() {
			return this.time;
		}

		Origin origin() {
			return this.origin;
		}

		String service() {
			return this.origin.service();
		}

		long received() {
			return toLong(this.row.required(this.layout.column("received")));
		}

		void number(TraceIds ids) {
			this.trace = ids.trace(this.row.field(this.layout.trace()));
			List<Integer> columns = this.layout.spans();
			this.spans = new int[columns.size()];
			for (int i = 0; i < this.spans.length; i++) {
				this.spans[i] = ids.span(this.trace, this.row.field(columns.get(i)));
			}
		}

		private static long toLong(byte[] value) {
			return ByteBuffer.wrap(value).getLong();
		}

	}

}
