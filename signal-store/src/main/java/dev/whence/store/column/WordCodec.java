package dev.whence.store.column;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Short values: decimal numbers as numbers, hexadecimal ones as their bytes, values that
 * repeat as a dictionary, and others one after the other.
 */
final class WordCodec implements ColumnCodec {

	static final WordCodec INSTANCE = new WordCodec();

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

	@Override
	public void encode(List<byte @Nullable []> values, ByteSink out) {
		if (values.isEmpty()) {
			out.put(PLAIN);
			return;
		}
		Map<Bytes, Integer> dictionary = new LinkedHashMap<>();
		int[] places = new int[values.size()];
		int most = Math.max(1, values.size() / USES);
		for (int i = 0; i < places.length && dictionary.size() <= most; i++) {
			Bytes value = new Bytes(Objects.requireNonNull(values.get(i)));
			Integer place = dictionary.putIfAbsent(value, dictionary.size());
			places[i] = (place != null) ? place : dictionary.size() - 1;
		}
		if (dictionary.size() == 1) {
			dictionary(dictionary, null, out);
		}
		else if (values.stream().allMatch((value) -> isDecimal(Objects.requireNonNull(value)))) {
			out.put(NUMBERS);
			Numbers.encode(values.stream().mapToLong((value) -> decimal(Objects.requireNonNull(value))).toArray(), out);
		}
		else if (dictionary.size() <= most) {
			dictionary(dictionary, places, out);
		}
		else if (areHex(values)) {
			out.put(HEX);
			int length = Objects.requireNonNull(values.getFirst()).length;
			out.putVarint(length);
			for (byte[] value : values) {
				hex(Objects.requireNonNull(value), out);
			}
		}
		else {
			out.put(PLAIN);
			values.forEach((value) -> out.putVarint(Objects.requireNonNull(value).length));
			values.forEach((value) -> out.put(Objects.requireNonNull(value)));
		}
	}

	private static void dictionary(Map<Bytes, Integer> dictionary, int @Nullable [] places, ByteSink out) {
		out.put(DICTIONARY);
		out.putVarint(dictionary.size());
		dictionary.keySet().forEach((value) -> out.putValue(value.value()));
		if (places != null) {
			for (int place : places) {
				out.putVarint(place);
			}
		}
	}

	@Override
	public Values decode(ByteSource in, int rows) {
		int form = in.get();
		return switch (form) {
			case NUMBERS -> {
				long[] numbers = Numbers.decode(in, rows);
				yield (row) -> decimal(numbers[row]);
			}
			case HEX -> {
				int length = in.getCount();
				int width = length / 2;
				int from = in.skip(Math.multiplyExact(rows, width));
				byte[] all = in.array();
				yield (row) -> hex(all, from + row * width, width);
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
			return (_) -> dictionary.getFirst().clone();
		}
		int[] places = new int[rows];
		for (int row = 0; row < rows; row++) {
			places[row] = in.getCount();
			if (places[row] >= size) {
				throw new DamagedColumnException("a dictionary of " + size + " has no value " + places[row]);
			}
		}
		return (row) -> dictionary.get(places[row]).clone();
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
		return (row) -> Arrays.copyOfRange(all, from + ((row == 0) ? 0 : ends[row - 1]), from + ends[row]);
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

	private static byte[] decimal(long number) {
		return Long.toString(number).getBytes(StandardCharsets.ISO_8859_1);
	}

	private static boolean areHex(List<byte @Nullable []> values) {
		int length = Objects.requireNonNull(values.getFirst()).length;
		if (length == 0 || length % 2 != 0) {
			return false;
		}
		return values.stream().map(Objects::requireNonNull).allMatch((value) -> {
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

	private static byte[] hex(byte[] all, int from, int width) {
		byte[] digits = new byte[2 * width];
		for (int i = 0; i < width; i++) {
			digits[2 * i] = (byte) Character.forDigit((all[from + i] >> 4) & 0xF, 16);
			digits[2 * i + 1] = (byte) Character.forDigit(all[from + i] & 0xF, 16);
		}
		return digits;
	}

}
