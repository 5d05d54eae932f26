package dev.whence.store.segment;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;

import dev.whence.store.column.ByteSink;
import dev.whence.store.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * A row as PostgreSQL's binary {@code COPY} gives it: the number of columns, for each its
 * length and its bytes. For one thread at a time.
 */
public final class StoredRow {

	private final Table table;

	private final byte[] tuple;

	/** Where the length of each column stands, once somebody asked for one. */
	private int @Nullable [] places;

	/**
	 * @param tuple holds every column of the table, in the table's order, and perhaps
	 * more
	 */
	public StoredRow(Table table, byte[] tuple) {
		this.table = table;
		this.tuple = tuple;
	}

	public Table table() {
		return this.table;
	}

	/** The row as it was read. */
	public byte[] tuple() {
		return this.tuple;
	}

	/** Bytes that it takes. */
	public int size() {
		return this.tuple.length;
	}

	/** When it happened, in nanoseconds since 1970. */
	public long time() {
		return ByteBuffer.wrap(required(Layout.of(this.table).time())).getLong();
	}

	public int project() {
		return ByteBuffer.wrap(required(Layout.of(this.table).column("project_id"))).getInt();
	}

	public UUID id() {
		ByteBuffer id = ByteBuffer.wrap(required(Layout.of(this.table).id()));
		return new UUID(id.getLong(), id.getLong());
	}

	/**
	 * Where it lies, if it was read with its {@code ctid} behind the columns of its
	 * table.
	 */
	public String place() {
		ByteBuffer place = ByteBuffer.wrap(required(this.table.columnCount()));
		return "(" + Integer.toUnsignedString(place.getInt()) + "," + (place.getShort() & 0xFFFF) + ")";
	}

	/** The bytes of a column, null where it is null. */
	public byte @Nullable [] field(int column) {
		int place = place(column);
		int length = intAt(place);
		return (length < 0) ? null
				: Arrays.copyOfRange(this.tuple, place + Integer.BYTES, place + Integer.BYTES + length);
	}

	/** Whether a column has these bytes. */
	boolean has(int column, ByteSink value) {
		int place = place(column);
		int length = intAt(place);
		return length >= 0 && value.holds(this.tuple, place + Integer.BYTES, length);
	}

	boolean isNull(int column) {
		return intAt(place(column)) < 0;
	}

	private int place(int column) {
		int[] known = this.places;
		if (known == null) {
			known = new int[ByteBuffer.wrap(this.tuple).getShort()];
			int next = Short.BYTES;
			for (int i = 0; i < known.length; i++) {
				known[i] = next;
				next += Integer.BYTES + Math.max(0, intAt(next));
			}
			this.places = known;
		}
		return known[column];
	}

	byte[] required(int column) {
		byte[] value = field(column);
		if (value == null) {
			throw new IllegalArgumentException(
					this.table + " has a row without " + this.table.columns().get(column).name());
		}
		return value;
	}

	private int intAt(int position) {
		return (this.tuple[position] & 0xFF) << 24 | (this.tuple[position + 1] & 0xFF) << 16
				| (this.tuple[position + 2] & 0xFF) << 8 | (this.tuple[position + 3] & 0xFF);
	}

}
