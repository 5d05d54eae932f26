package dev.whence.store.column;

/** Whole numbers, which need not become bytes to be compared. */
public final class IntegerValues implements Values {

	private final long[] numbers;

	private final int width;

	/**
	 * @param width how many bytes one has in a row of the table
	 */
	IntegerValues(long[] numbers, int width) {
		this.numbers = numbers;
		this.width = width;
	}

	public long number(int row) {
		return this.numbers[row];
	}

	@Override
	public byte[] get(int row) {
		byte[] value = new byte[this.width];
		long rest = this.numbers[row];
		for (int i = this.width - 1; i >= 0; i--) {
			value[i] = (byte) rest;
			rest >>= 8;
		}
		return value;
	}

}
