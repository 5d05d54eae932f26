package dev.whence.store.column;

import java.util.ArrayList;
import java.util.List;

/**
 * Short values: decimal numbers as numbers, hexadecimal ones as their bytes, values that
 * repeat as a dictionary, and others one after the other.
 */
final class WordCodec {

	private static final int NUMBERS = 0;

	private static final int HEX = 1;

	private static final int DICTIONARY = 2;

	private static final int PLAIN = 3;

	/** So many digits fit a long whatever they are. */
	private static final int MOST_DIGITS = 18;

	/** A dictionary is worth it when each of its values is used so often on average. */
	private static final int USES = 2;

	private WordCodec() {
	}

	static void encode(Distinct words, ByteSink out) {
		List<byte[]> values = words.values();
		if (values.isEmpty()) {
			out.put(PLAIN);
		}
		else if (values.size() > 1 && values.stream().allMatch(WordCodec::isDecimal)) {
			long[] numbers = values.stream().mapToLong(WordCodec::decimal).toArray();
			long[] ofRows = new long[words.rows()];
			for (int row = 0; row < ofRows.length; row++) {
				ofRows[row] = numbers[words.placeOf(row)];
			}
			out.put(NUMBERS);
			Numbers.encode(ofRows, out);
		}
		else if (values.size() <= Math.max(1, words.rows() / USES)) {
			dictionary(words, out);
		}
		else if (areHex(values)) {
			out.put(HEX);
			out.putVarint(values.getFirst().length);
			for (int row = 0; row < words.rows(); row++) {
				hex(words.get(row), out);
			}
		}
		else {
			out.put(PLAIN);
			for (int row = 0; row < words.rows(); row++) {
				out.putVarint(words.get(row).length);
			}
			for (int row = 0; row < words.rows(); row++) {
				out.put(words.get(row));
			}
		}
	}

	private static void dictionary(Distinct words, ByteSink out) {
		out.put(DICTIONARY);
		out.putVarint(words.values().size());
		words.values().forEach(out::putValue);
		if (words.values().size() > 1) {
			for (int row = 0; row < words.rows(); row++) {
				out.putVarint(words.placeOf(row));
			}
		}
	}

	static Values decode(ByteSource in, int rows) {
		int form = in.get();
		return switch (form) {
			case NUMBERS -> {
				long[] numbers = Numbers.decode(in, rows);
				yield (PutValues) (row, out) -> out.putDecimal(numbers[row]);
			}
			case HEX -> {
				int length = in.getCount();
				int width = length / 2;
				int from = in.skip(Math.multiplyExact(rows, width));
				byte[] all = in.array();
				yield (PutValues) (row, out) -> digits(all, from + row * width, width, out);
			}
			case DICTIONARY -> dictionary(in, rows);
			case PLAIN -> plain(in, rows);
			default -> throw new DamagedColumnException("no form of words is " + form);
		};
	}

	private static Values dictionary(ByteSource in, int rows) {
		List<byte[]> dictionary = new ArrayList<>();
		int size = in.getCount();
		for (int i = 0; i < size; i++) {
			dictionary.add(in.getValue());
		}
		if (size == 1) {
			byte[] value = dictionary.getFirst();
			return (KeptValues) (_) -> value;
		}
		int[] places = new int[rows];
		for (int row = 0; row < rows; row++) {
			places[row] = in.getCount();
			if (places[row] >= size) {
				throw new DamagedColumnException("a dictionary of " + size + " has no value " + places[row]);
			}
		}
		return (KeptValues) (row) -> dictionary.get(places[row]);
	}

	private static Values plain(ByteSource in, int rows) {
		int[] ends = new int[rows];
		int end = 0;
		for (int row = 0; row < rows; row++) {
			end = Math.addExact(end, in.getCount());
			ends[row] = end;
		}
		int from = in.skip(end);
		byte[] all = in.array();
		return (PutValues) (row, out) -> {
			int begin = (row == 0) ? 0 : ends[row - 1];
			out.put(all, from + begin, ends[row] - begin);
		};
	}

	// Only what is written the same way again: no sign, no zero in front.
	private static boolean isDecimal(byte[] value) {
		if (value.length == 0 || value.length > MOST_DIGITS || (value[0] == '0' && value.length > 1)) {
			return false;
		}
		for (byte digit : value) {
			if (digit < '0' || digit > '9') {
				return false;
			}
		}
		return true;
	}

	private static long decimal(byte[] value) {
		long number = 0;
		for (byte digit : value) {
			number = number * 10 + (digit - '0');
		}
		return number;
	}

	private static boolean areHex(List<byte[]> values) {
		int length = values.getFirst().length;
		if (length == 0 || length % 2 != 0) {
			return false;
		}
		return values.stream().allMatch((value) -> {
			if (value.length != length) {
				return false;
			}
			for (byte digit : value) {
				if (!(digit >= '0' && digit <= '9' || digit >= 'a' && digit <= 'f')) {
					return false;
				}
			}
			return true;
		});
	}

	private static void hex(byte[] digits, ByteSink out) {
		for (int i = 0; i < digits.length; i += 2) {
			out.put(Character.digit(digits[i], 16) << 4 | Character.digit(digits[i + 1], 16));
		}
	}

	private static void digits(byte[] all, int from, int width, ByteSink out) {
		for (int i = from; i < from + width; i++) {
			out.put(Character.forDigit((all[i] >> 4) & 0xF, 16));
			out.put(Character.forDigit(all[i] & 0xF, 16));
		}
	}

}
