package dev.whence.store.column;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Lists of whole numbers: as they are, or as the differences between neighbours,
 * whichever is shorter.
 */
final class Numbers {

	private static final int PLAIN = 0;

	private static final int DIFFERENCES = 1;

	private static final int CONSTANT = 2;

	private static final int[] NOWHERE = {};

	private Numbers() {
	}

	static void encode(long[] numbers, ByteSink out) {
		int plain = 0;
		int differences = 0;
		long before = 0;
		boolean constant = true;
		for (long number : numbers) {
			plain += length(number);
			differences += length(number - before);
			before = number;
			constant &= number == numbers[0];
		}
		if (constant && numbers.length > 0) {
			out.put(CONSTANT);
			out.putZigzag(numbers[0]);
		}
		else if (plain <= differences) {
			out.put(PLAIN);
			for (long number : numbers) {
				out.putZigzag(number);
			}
		}
		else {
			out.put(DIFFERENCES);
			before = 0;
			for (long number : numbers) {
				out.putZigzag(number - before);
				before = number;
			}
		}
	}

	static long[] decode(ByteSource in, int count) {
		long[] numbers = new long[count];
		int form = in.get();
		long before = 0;
		if (form == CONSTANT) {
			Arrays.fill(numbers, in.getZigzag());
			return numbers;
		}
		if (form != PLAIN && form != DIFFERENCES) {
			throw new DamagedColumnException("no form of numbers is " + form);
		}
		for (int i = 0; i < count; i++) {
			before = (form == PLAIN) ? in.getZigzag() : before + in.getZigzag();
			numbers[i] = before;
		}
		return numbers;
	}

	/** Where a number stands among those that {@link #decode} would give. */
	static int[] placesOf(long wanted, ByteSource in, int count) {
		int form = in.get();
		if (form == CONSTANT) {
			return (in.getZigzag() == wanted) ? IntStream.range(0, count).toArray() : NOWHERE;
		}
		if (form != PLAIN && form != DIFFERENCES) {
			throw new DamagedColumnException("no form of numbers is " + form);
		}
		int[] places = NOWHERE;
		int found = 0;
		long before = 0;
		for (int i = 0; i < count; i++) {
			before = (form == PLAIN) ? in.getZigzag() : before + in.getZigzag();
			if (before == wanted) {
				if (found == places.length) {
					places = Arrays.copyOf(places, Math.min(count, 2 * found + 8));
				}
				places[found++] = i;
			}
		}
		return Arrays.copyOf(places, found);
	}

	private static int length(long number) {
		long zigzag = (number << 1) ^ (number >> 63);
		return (70 - Long.numberOfLeadingZeros(zigzag | 1)) / 7;
	}

}
