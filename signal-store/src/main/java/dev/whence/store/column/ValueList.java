package dev.whence.store.column;

import java.util.Arrays;

/**
 * Values that lie one after the other, each behind its length; a value is copied when it
 * is asked for, so that a list of thousands costs little to whoever needs one of them.
 */
public final class ValueList {

	private final byte[] bytes;

	private final int[] from;

	private final int[] lengths;

	private ValueList(byte[] bytes, int[] from, int[] lengths) {
		this.bytes = bytes;
		this.from = from;
		this.lengths = lengths;
	}

	/**
	 * Reads how many there are and where they lie.
	 * @throws DamagedColumnException when the bytes end too early
	 */
	public static ValueList read(ByteSource in) {
		int size = in.getCount();
		int[] from = new int[size];
		int[] lengths = new int[size];
		for (int i = 0; i < size; i++) {
			lengths[i] = in.getCount();
			from[i] = in.skip(lengths[i]);
		}
		return new ValueList(in.array(), from, lengths);
	}

	public byte[] get(int place) {
		return Arrays.copyOfRange(this.bytes, this.from[place], this.from[place] + this.lengths[place]);
	}

	/** Where a value is first, -1 where it is nowhere. */
	public int indexOf(byte[] value) {
		for (int i = 0; i < this.from.length; i++) {
			if (this.lengths[i] == value.length && Arrays.equals(this.bytes, this.from[i],
					this.from[i] + this.lengths[i], value, 0, value.length)) {
				return i;
			}
		}
		return -1;
	}

}
