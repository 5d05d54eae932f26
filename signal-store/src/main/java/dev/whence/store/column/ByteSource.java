package dev.whence.store.column;

import java.util.Arrays;

/**
 * Reads what a {@link ByteSink} wrote.
 *
 * Every method throws {@link DamagedColumnException} when the bytes end too early.
 */
public final class ByteSource {

	private final byte[] bytes;

	private int position;

	public ByteSource(byte[] bytes) {
		this(bytes, 0);
	}

	public ByteSource(byte[] bytes, int position) {
		this.bytes = bytes;
		this.position = position;
	}

	/** The whole of which this reads; not a copy. */
	byte[] array() {
		return this.bytes;
	}

	public int position() {
		return this.position;
	}

	public int get() {
		require(1);
		return this.bytes[this.position++] & 0xFF;
	}

	public byte[] get(int length) {
		require(length);
		this.position += length;
		return Arrays.copyOfRange(this.bytes, this.position - length, this.position);
	}

	/** Passes over some bytes and says where they begin. */
	public int skip(int length) {
		require(length);
		this.position += length;
		return this.position - length;
	}

	public long getVarint() {
		long value = 0;
		for (int shift = 0; shift < 64; shift += 7) {
			int next = get();
			value |= (long) (next & 0x7F) << shift;
			if (next < 0x80) {
				return value;
			}
		}
		throw new DamagedColumnException("a number is longer than ten bytes");
	}

	/** A varint that counts or measures something in these bytes or few rows. */
	public int getCount() {
		// Most are short.
		if (this.position < this.bytes.length && this.bytes[this.position] >= 0) {
			return this.bytes[this.position++];
		}
		long count = getVarint();
		if (count < 0 || count > Integer.MAX_VALUE) {
			throw new DamagedColumnException("a count of " + count);
		}
		return (int) count;
	}

	public long getZigzag() {
		long value = getVarint();
		return (value >>> 1) ^ -(value & 1);
	}

	public byte[] getValue() {
		return get(getCount());
	}

	private void require(int length) {
		if (length < 0 || this.bytes.length - this.position < length) {
			throw new DamagedColumnException(
					length + " bytes are wanted where " + (this.bytes.length - this.position) + " are left");
		}
	}

}
