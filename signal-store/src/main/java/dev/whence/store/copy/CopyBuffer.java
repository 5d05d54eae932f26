package dev.whence.store.copy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;

/**
 * Rows in the binary form of PostgreSQL's {@code COPY} (its documentation, "Binary
 * Format"): for each row the number of columns, for each column its length and its bytes.
 * Rows of several buffers may follow each other in one {@code COPY}.
 */
public final class CopyBuffer {

	/** What comes before the first row: signature, no flags, no extension. */
	static final byte[] HEADER = { 'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0,
			0 };

	/** What comes after the last row. */
	static final byte[] TRAILER = { (byte) 0xFF, (byte) 0xFF };

	private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

	private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

	private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

	/** The most that is taken before it is needed. */
	private static final int LARGEST_STEP = 1024 * 1024;

	/** What is full is kept as it is: a copy would be needed twice for a moment. */
	private final List<Part> full = new ArrayList<>();

	private long fullSize;

	private byte[] bytes;

	private int size;

	CopyBuffer(int capacity) {
		this.bytes = new byte[capacity];
	}

	public long size() {
		return this.fullSize + this.size;
	}

	void writeTo(CopyIn copy) throws SQLException {
		for (Part part : this.full) {
			copy.writeToCopy(part.bytes(), 0, part.size());
		}
		copy.writeToCopy(this.bytes, 0, this.size);
	}

	public void startRow(int columns) {
		require(Short.BYTES);
		SHORT.set(this.bytes, this.size, (short) columns);
		this.size += Short.BYTES;
	}

	public void putShort(int value) {
		putLength(Short.BYTES);
		SHORT.set(this.bytes, this.size, (short) value);
		this.size += Short.BYTES;
	}

	public void putInt(int value) {
		putLength(Integer.BYTES);
		INT.set(this.bytes, this.size, value);
		this.size += Integer.BYTES;
	}

	public void putLong(long value) {
		putLength(Long.BYTES);
		LONG.set(this.bytes, this.size, value);
		this.size += Long.BYTES;
	}

	public void putNullableLong(@Nullable Long value) {
		if (value == null) {
			putBytes(null);
			return;
		}
		putLong(value);
	}

	public void putDouble(@Nullable Double value) {
		if (value == null) {
			putBytes(null);
			return;
		}
		putLong(Double.doubleToLongBits(value));
	}

	public void putUuid(UUID value) {
		putLength(2 * Long.BYTES);
		LONG.set(this.bytes, this.size, value.getMostSignificantBits());
		LONG.set(this.bytes, this.size + Long.BYTES, value.getLeastSignificantBits());
		this.size += 2 * Long.BYTES;
	}

	public void putText(@Nullable String value) {
		putBytes((value != null) ? value.getBytes(StandardCharsets.UTF_8) : null);
	}

	public void putBytes(byte @Nullable [] value) {
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
	public void addTo(List<ColumnArray> columns) {
		int column = columns.size();
		for (Part part : parts()) {
			for (int offset = 0; offset < part.size();) {
				if (column == columns.size()) {
					// The number of columns, with which a row begins.
					offset += Short.BYTES;
					column = 0;
				}
				else {
					offset = columns.get(column++).add(part.bytes(), offset);
				}
			}
		}
	}

	private List<Part> parts() {
		List<Part> parts = new ArrayList<>(this.full);
		parts.add(new Part(this.bytes, this.size));
		return parts;
	}

	private void putLength(int length) {
		require(Integer.BYTES + length);
		INT.set(this.bytes, this.size, length);
		this.size += Integer.BYTES;
	}

	private void require(int more) {
		if (this.bytes.length - this.size < more) {
			this.full.add(new Part(this.bytes, this.size));
			this.fullSize += this.size;
			this.bytes = new byte[Math.max(more, Math.min(2 * this.bytes.length, LARGEST_STEP))];
			this.size = 0;
		}
	}

	/** Whole values, a length and its bytes together. */
	private record Part(byte[] bytes, int size) {
	}

}
