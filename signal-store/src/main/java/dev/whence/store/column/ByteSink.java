package dev.whence.store.column;

import java.util.Arrays;

/**
 * Bytes that grow. Numbers are varints: seven bits a byte, the lowest first, the eighth
 * bit says that more follow.
 */
public final class ByteSink {

	private byte[] bytes;

	private int size;

	public ByteSink(int capacity) {
		this.bytes = new byte[Math.max(16, capacity)];
	}

	public int size() {
		return this.size;
	}

	public void put(int value) {
		require(1);
		this.bytes[this.size++] = (byte) value;
	}

	public void put(byte[] source) {
		put(source, 0, source.length);
	}

	public void put(byte[] source, int from, int length) {
		require(length);
		System.arraycopy(source, from, this.bytes, this.size, length);
		this.size += length;
	}

	/** The lower two bytes, the higher one first. */
	public void putShort(int value) {
		put(value >> 8);
		put(value);
	}

	/** Four bytes, the highest first. */
	public void putInt(int value) {
		putShort(value >> 16);
		putShort(value);
	}

	/** Eight bytes, the highest first. */
	public void putLong(long value) {
		putInt((int) (value >> 32));
		putInt((int) value);
	}

	/** A number that is rarely large, taken without its sign. */
	public void putVarint(long value) {
		require(10);
		long rest = value;
		while ((rest & ~0x7FL) != 0) {
			this.bytes[this.size++] = (byte) (rest | 0x80);
			rest >>>= 7;
		}
		this.bytes[this.size++] = (byte) rest;
	}

	/** A number that is rarely far from zero: 0, -1, 1, -2 become 0, 1, 2, 3. */
	public void putZigzag(long value) {
		putVarint((value << 1) ^ (value >> 63));
	}

	/** A value with its length before it. */
	public void putValue(byte[] value) {
		putVarint(value.length);
		put(value);
	}

	/** The digits of a number that is not negative. */
	void putDecimal(long value) {
		int digits = 1;
		for (long rest = value; rest >= 10; rest /= 10) {
			digits++;
		}
		require(digits);
		this.size += digits;
		long rest = value;
		for (int place = this.size - 1; place >= this.size - digits; place--) {
			this.bytes[place] = (byte) ('0' + rest % 10);
			rest /= 10;
		}
	}

	/** Forgets what was put. */
	public void clear() {
		this.size = 0;
	}

	/** Whether exactly this was put. */
	public boolean holds(byte[] source, int from, int length) {
		return Arrays.equals(this.bytes, 0, this.size, source, from, from + length);
	}

	public byte[] toBytes() {
		return Arrays.copyOf(this.bytes, this.size);
	}

	private void require(int more) {
		if (this.bytes.length - this.size < more) {
			this.bytes = Arrays.copyOf(this.bytes, Math.max(this.size + more, this.bytes.length * 2));
		}
	}

}
