package dev.whence.analysis.behaviour;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;

/** Collects numbers and texts as bytes; small numbers take one. */
final class ByteWriter {

	private byte[] bytes = new byte[1024];

	private int size;

	/** Not negative; seven bits to a byte, the lowest first. */
	void number(long value) {
		if (value < 0) {
			throw new IllegalArgumentException("negative: " + value);
		}
		long left = value;
		while (left > 0x7f) {
			put((byte) (left | 0x80));
			left >>>= 7;
		}
		put((byte) left);
	}

	void numbers(int... values) {
		number(values.length);
		for (int value : values) {
			number(value);
		}
	}

	void text(String text) {
		byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
		number(utf8.length);
		for (byte octet : utf8) {
			put(octet);
		}
	}

	/** What was written, compressed, behind one byte that stays as it is. */
	byte[] compressed(byte first) {
		try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION)) {
			deflater.setInput(this.bytes, 0, this.size);
			deflater.finish();
			ByteWriter out = new ByteWriter();
			out.put(first);
			byte[] chunk = new byte[8192];
			while (!deflater.finished()) {
				out.put(chunk, deflater.deflate(chunk));
			}
			return Arrays.copyOf(out.bytes, out.size);
		}
	}

	private void put(byte octet) {
		room(1);
		this.bytes[this.size++] = octet;
	}

	private void put(byte[] some, int length) {
		room(length);
		System.arraycopy(some, 0, this.bytes, this.size, length);
		this.size += length;
	}

	private void room(int more) {
		if (this.size + more > this.bytes.length) {
			this.bytes = Arrays.copyOf(this.bytes, Math.max(2 * this.bytes.length, this.size + more));
		}
	}

}
