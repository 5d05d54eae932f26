package dev.whence.store.copy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

import dev.whence.store.table.Column;
import org.postgresql.util.PGBinaryObject;
import org.postgresql.util.PGobject;

/**
 * The values of one column as an array in PostgreSQL's binary form (array_send in its
 * source, arrayfuncs.c): dimensions, whether there are nulls, the type, the length, the
 * first index, and each value as in {@code COPY}, its length before it.
 */
public final class ColumnArray extends PGobject implements PGBinaryObject {

	private static final long serialVersionUID = 1L;

	/** What the driver sends in binary, unless it is told otherwise. */
	public static final Set<Column.Type> BINARY = EnumSet
		.complementOf(EnumSet.of(Column.Type.UUID, Column.Type.TIMESTAMPTZ));

	private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

	private static final int HEADER = 5 * Integer.BYTES;

	private final Column.Type elements;

	private byte[] bytes;

	private int size = HEADER;

	private int count;

	private boolean nulls;

	public ColumnArray(Column.Type elements, int capacity) {
		this.elements = elements;
		this.bytes = new byte[capacity];
		setType("_" + elements.sqlName());
	}

	/**
	 * Adds the value whose length stands at the offset.
	 * @return the offset behind the value
	 */
	int add(byte[] row, int offset) {
		int length = (int) INT.get(row, offset);
		int end = offset + Integer.BYTES + Math.max(length, 0);
		int more = end - offset;
		if (this.bytes.length - this.size < more) {
			this.bytes = Arrays.copyOf(this.bytes, Math.max(this.size + more, 2 * this.bytes.length));
		}
		System.arraycopy(row, offset, this.bytes, this.size, more);
		this.size += more;
		this.nulls |= length < 0;
		this.count++;
		return end;
	}

	@Override
	public int lengthInBytes() {
		return this.size;
	}

	@Override
	public void toBytes(byte[] target, int offset) {
		ByteBuffer.wrap(this.bytes)
			.putInt(1)
			.putInt(this.nulls ? 1 : 0)
			.putInt(this.elements.oid())
			.putInt(this.count)
			.putInt(1);
		System.arraycopy(this.bytes, 0, target, offset, this.size);
	}

	@Override
	public void setByteValue(byte[] value, int offset) {
		throw new UnsupportedOperationException("written, never read");
	}

	/** The driver asks for it where it sends a type as text: arrays of uuid. */
	@Override
	public String getValue() {
		if (BINARY.contains(this.elements)) {
			throw new IllegalStateException(getType() + " is sent in binary");
		}
		StringBuilder text = new StringBuilder("{");
		ByteBuffer values = ByteBuffer.wrap(this.bytes, HEADER, this.size - HEADER);
		while (values.hasRemaining()) {
			text.append((text.length() > 1) ? "," : "");
			values.getInt();
			text.append(new UUID(values.getLong(), values.getLong()));
		}
		return text.append('}').toString();
	}

}
