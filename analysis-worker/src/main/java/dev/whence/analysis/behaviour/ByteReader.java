package dev.whence.analysis.behaviour;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads what {@link ByteWriter} wrote. Damaged bytes make an
 * {@link IllegalArgumentException}, and never more memory than their size justifies.
 */
final class ByteReader {

	/** Far above what the limits of a conduct allow. */
	private static final int MOST = 32 * 1024 * 1024;

	private final byte[] bytes;

	private int at;

	private ByteReader(byte[] bytes) {
		this.bytes = bytes;
	}

	/** All but the first byte, decompressed. */
	static ByteReader decompressed(byte[] encoded) {
		try (Inflater inflater = new Inflater()) {
			inflater.setInput(encoded, 1, encoded.length - 1);
			byte[] out = new byte[Math.max(1024, 8 * encoded.length)];
			int size = 0;
			while (!inflater.finished()) {
				int read = inflater.inflate(out, size, out.length - size);
				if (read == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
					throw damaged();
				}
				size += read;
				if (size == out.length) {
					if (size >= MOST) {
						throw damaged();
					}
					out = Arrays.copyOf(out, Math.min(MOST, 2 * size));
				}
			}
			return new ByteReader(Arrays.copyOf(out, size));
		}
		catch (DataFormatException ex) {
			throw new IllegalArgumentException("Conduct is damaged", ex);
		}
	}

	long number() {
		long value = 0;
		for (int shift = 0; shift < Long.SIZE - 1; shift += 7) {
			byte octet = next();
			value |= (octet & 0x7fL) << shift;
			if (octet >= 0) {
				return value;
			}
		}
		throw damaged();
	}

	int integer() {
		long value = number();
		if (value > Integer.MAX_VALUE) {
			throw damaged();
		}
		return (int) value;
	}

	/** How many things follow, of at least one byte each. */
	int count() {
		long count = number();
		if (count > this.bytes.length - this.at) {
			throw damaged();
		}
		return (int) count;
	}

	/** The one at the place that is written. */
	<T> T oneOf(List<T> all) {
		long place = number();
		if (place >= all.size()) {
			throw damaged();
		}
		return all.get((int) place);
	}

	String text() {
		int length = count();
		this.at += length;
		return new String(this.bytes, this.at - length, length, StandardCharsets.UTF_8);
	}

	private byte next() {
		if (this.at == this.bytes.length) {
			throw damaged();
		}
		return this.bytes[this.at++];
	}

	private static IllegalArgumentException damaged() {
		return new IllegalArgumentException("Conduct is damaged");
	}

}
