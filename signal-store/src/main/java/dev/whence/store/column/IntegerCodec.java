package dev.whence.store.column;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/** Whole numbers, big-endian with their sign, as the differences between neighbours. */
public final class IntegerCodec implements ColumnCodec {

	private final int width;

	/**
	 * @param width 2, 4 or 8 bytes
	 */
	public IntegerCodec(int width) {
		this.width = width;
	}

	/** Writes numbers that are no column of a table. */
	public static void encode(long[] numbers, ByteSink out) {
		Numbers.encode(numbers, out);
	}

	/** Reads them again. */
	public static long[] decodeNumbers(ByteSource in, int count) {
		return Numbers.decode(in, count);
	}

	/** Where a number stands among those that {@link #decodeNumbers} would read. */
	public static int[] placesOf(long wanted, ByteSource in, int count) {
		return Numbers.placesOf(wanted, in, count);
	}

	@Override
	public void encode(List<byte @Nullable []> values, ByteSink out, Vocabulary vocabulary) {
		long[] numbers = new long[values.size()];
		for (int row = 0; row < numbers.length; row++) {
			numbers[row] = toLong(Objects.requireNonNull(values.get(row)));
		}
		Numbers.encode(numbers, out);
	}

	@Override
	public Values decode(ByteSource in, int rows) {
		return new IntegerValues(Numbers.decode(in, rows), this.width);
	}

	private long toLong(byte[] value) {
		if (value.length != this.width) {
			throw new IllegalArgumentException("a number of " + value.length + " bytes instead of " + this.width);
		}
		long number = value[0];
		for (int i = 1; i < value.length; i++) {
			number = number << 8 | (value[i] & 0xFF);
		}
		return number;
	}

}
