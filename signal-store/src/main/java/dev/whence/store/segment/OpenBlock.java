package dev.whence.store.segment;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import dev.whence.store.column.ByteSink;
import dev.whence.store.column.ByteSource;
import dev.whence.store.column.IntegerCodec;
import dev.whence.store.column.IntegerValues;
import dev.whence.store.column.Values;
import org.jspecify.annotations.Nullable;

/**
 * A block that is being read: columns are decompressed when they are asked for. Those
 * that were read ahead cost nothing more; the first other one reads the whole block.
 */
final class OpenBlock {

	private final @Nullable SegmentRef ref;

	private final IdReader ids;

	private final BlockEntry entry;

	private final Pieces data;

	/** Those that were read ahead, by their places among the chunks. */
	private final Map<Integer, byte[]> ahead;

	/** All chunks of the block, once they were needed. */
	private byte @Nullable [] whole;

	/** By their places in the table, as far as they were asked for. */
	private final @Nullable Values[] columns;

	private long @Nullable [] traces;

	/**
	 * @param ref where the segment is stored, null for one that is not
	 */
	OpenBlock(@Nullable SegmentRef ref, IdReader ids, BlockEntry entry, Pieces data, Map<Integer, byte[]> ahead) {
		this.ref = ref;
		this.ids = ids;
		this.entry = entry;
		this.data = data;
		this.ahead = ahead;
		this.columns = new Values[entry.layout().table().columnCount()];
	}

	/** The bytes of a column that the block stores, by its place in the table. */
	byte @Nullable [] field(int row, int column) {
		return values(column).get(row);
	}

	/** The values of such a column, by row. */
	Values values(int column) {
		Values known = this.columns[column];
		if (known == null) {
			known = open(column);
			this.columns[column] = known;
		}
		return known;
	}

	/** Where the segment is stored. */
	SegmentRef ref() {
		return Objects.requireNonNull(this.ref, "a segment in memory alone has no place");
	}

	/** When a row happened, in nanoseconds since 1970. */
	long time(int row) {
		return (values(this.entry.layout().time()) instanceof IntegerValues times) ? times.number(row)
				: ByteBuffer.wrap(Objects.requireNonNull(field(row, this.entry.layout().time()))).getLong();
	}

	UUID id(int row) {
		ByteBuffer id = ByteBuffer.wrap(Objects.requireNonNull(field(row, this.entry.layout().id())));
		return new UUID(id.getLong(), id.getLong());
	}

	/** What the directory says of it. */
	BlockEntry entry() {
		return this.entry;
	}

	/** The number of the row's trace among those of its segment, 0 for none. */
	long trace(int row) {
		return traces()[row];
	}

	/** The ids of its segment. */
	IdReader ids() {
		return this.ids;
	}

	/**
	 * The whole row of a stored segment. What was left out is what all its rows have in
	 * common.
	 */
	StoredRow row(int row) {
		SegmentRef ref = ref();
		Layout layout = this.entry.layout();
		ByteSink tuple = new ByteSink(1024);
		int columns = layout.table().columnCount();
		tuple.putShort(columns);
		for (int column = 0; column < columns; column++) {
			switch (layout.table().columns().get(column).name()) {
				case "project_id" -> {
					tuple.putInt(Integer.BYTES);
					tuple.putInt(ref.project());
				}
				case "retention_days" -> {
					tuple.putInt(Short.BYTES);
					tuple.putShort(ref.retentionDays());
				}
				case "received" -> {
					tuple.putInt(Long.BYTES);
					tuple.putLong(ref.received());
				}
				default -> {
					byte[] value = field(row, column);
					tuple.putInt((value != null) ? value.length : -1);
					if (value != null) {
						tuple.put(value);
					}
				}
			}
		}
		return new StoredRow(layout.table(), tuple.toBytes());
	}

	private Values open(int column) {
		Layout layout = this.entry.layout();
		if (column == layout.trace()) {
			long[] numbers = traces();
			return (row) -> this.ids.trace(numbers[row]);
		}
		byte[] content = Chunk.decompress(chunk(layout.chunk(column)));
		ByteSource in = new ByteSource(content);
		if (layout.spans().contains(column)) {
			long[] traces = traces();
			long[] numbers = IntegerCodec.decodeNumbers(in, this.entry.rows());
			return (row) -> this.ids.span(traces[row], numbers[row]);
		}
		return layout.codec(column).decode(in, this.entry.rows());
	}

	/** Where all its chunks lie; null when they were read already. */
	Pieces.@Nullable Part missing() {
		return (this.whole != null) ? null : new Pieces.Part(this.entry.from(), this.entry.length());
	}

	/** Takes all its chunks, which were read for it. */
	void complete(byte[] chunks) {
		this.whole = chunks;
	}

	private byte[] chunk(int place) {
		byte[] read = this.ahead.get(place);
		if (read != null) {
			return read;
		}
		if (this.whole == null) {
			this.whole = this.data.read(this.entry.from(), this.entry.length());
		}
		return this.entry.part(place).of(this.whole, this.entry.from());
	}

	private long[] traces() {
		if (this.traces == null) {
			this.traces = this.ids.traceNumbers(this.entry);
		}
		return this.traces;
	}

}
