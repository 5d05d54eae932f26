package dev.whence.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Rows in the binary form of PostgreSQL's {@code COPY} (its documentation, "Binary
 * Format"): for each row the number of columns, for each column its length and its bytes.
 * Rows of several buffers may follow each other in one {@code COPY}.
 */
final class CopyBuffer {

	/** What comes before the first row: signature, no flags, no extension. */
	static final byte[] HEADER = { 'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0,
			0 };

	/** What comes after the last row. */
	static final byte[] TRAILER = { (byte) 0xFF, (byte) 0xFF };

	private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

	private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

	private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

	private byte[] bytes;

	private int size;

	CopyBuffer(int capacity) {
		this.bytes = new byte[capacity];
	}

	byte[] bytes() {
		return this.bytes;
	}

	int size() {
		return this.size;
	}

	void startRow(int columns) {
		require(Short.BYTES);
		SHORT.set(this.bytes, this.size, (short) columns);
		this.size += Short.BYTES;
	}

	void putShort(int value) {
		putLength(Short.BYTES);
		SHORT.set(this.bytes, this.size, (short) value);
		this.size += Short.BYTES;
	}

	void putInt(int value) {
		putLength(Integer.BYTES);
		INT.set(this.bytes, this.size, value);
		this.size += Integer.BYTES;
	}

	void putLong(long value) {
		putLength(Long.BYTES);
		LONG.set(this.bytes, this.size, value);
		this.size += Long.BYTES;
	}

	void putDouble(double value) {
		putLong(Double.doubleToLongBits(value));
	}

	void putUuid(UUID value) {
		putLength(2 * Long.BYTES);
		LONG.set(this.bytes, this.size, value.getMostSignificantBits());
		LONG.set(this.bytes, this.size + Long.BYTES, value.getLeastSignificantBits());
		this.size += 2 * Long.BYTES;
	}

	void putText(@Nullable String value) {
		putBytes((value != null) ? value.getBytes(StandardCharsets.UTF_8) : null);
	}

	void putBytes(byte @Nullable [] value) {
		if (value == null) {
			require(Integer.BYTES);
			INT.set(this.bytes, this.size, -1);
			this.size += Integer.BYTES;
			return;
		}
		putLength(value.length);
		System.arraycopy(value, 0, this.bytes, this.size, value.length);
		this.size += value.length;
	}

	/** Adds the values of each row to their columns. */
	void addTo(List<ColumnArray> columns) {
		int offset = 0;
		while (offset < this.size) {
			offset += Short.BYTES;
			for (ColumnArray column : columns) {
				offset = column.add(this.bytes, offset);
			}
		}
	}

	static int intAt(byte[] bytes, int offset) {
		return (int) INT.get(bytes, offset);
	}

	private void putLength(int length) {
		require(Integer.BYTES + length);
		INT.set(this.bytes, this.size, length);
		this.size += Integer.BYTES;
	}

	private void require(int more) {
		if (this.bytes.length - this.size < more) {
			this.bytes = Arrays.copyOf(this.bytes,
					Math.max(this.size + more, Math.multiplyExact(this.bytes.length, 2)));
		}
	}

}
