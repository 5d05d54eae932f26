package dev.whence.ingest.otlp;

import java.util.Arrays;

import dev.whence.ingest.intake.RequestLimits;

/**
 * Writes protobuf's wire format, for {@link WireReader} to read. What it grows to is
 * counted as memory of the request.
 */
final class WireOutput {

	private static final int FIRST = 4096;

	private final RequestLimits limits;

	private byte[] bytes = new byte[FIRST];

	private int size;

	WireOutput(RequestLimits limits) {
		this.limits = limits;
	}

	WireReader reader() {
		return new WireReader(this.bytes, this.size, true);
	}

	int size() {
		return this.size;
	}

	/** Takes back what was written since. */
	void truncate(int size) {
		this.size = size;
	}

	void tag(int field, int wireType) {
		varint(Integer.toUnsignedLong(WireReader.tag(field, wireType)));
	}

	void varint(long value) {
		require(Long.BYTES + 2);
		this.size = putVarint(value, this.size);
	}

	void fixed32(int value) {
		require(Integer.BYTES);
		for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
			this.bytes[this.size++] = (byte) (value >>> shift);
		}
	}

	void fixed64(long value) {
		require(Long.BYTES);
		for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
			this.bytes[this.size++] = (byte) (value >>> shift);
		}
	}

	/** Bytes with their length before them. */
	void bytes(byte[] value) {
		varint(value.length);
		require(value.length);
		System.arraycopy(value, 0, this.bytes, this.size, value.length);
		this.size += value.length;
	}

	/** Begins something whose length is known at its end only; see {@link #end}. */
	int begin() {
		require(1);
		return ++this.size;
	}

	/**
	 * Writes the length before it, as short as protobuf writes it, which makes the same
	 * bytes of the same message.
	 * @param content where it began
	 */
	void end(int content) {
		int length = this.size - content;
		int more = lengthOf(length) - 1;
		if (more > 0) {
			require(more);
			System.arraycopy(this.bytes, content, this.bytes, content + more, length);
		}
		putVarint(length, content - 1);
		this.size += more;
	}

	/**
	 * Puts what was written from here on into another order.
	 * @param parts triples of a key, a beginning and an end, sorted by key
	 */
	void arrange(int from, int[] parts, int begin, int end) {
		int length = this.size - from;
		this.limits.hold(length);
		byte[] before = Arrays.copyOfRange(this.bytes, from, this.size);
		this.size = from;
		for (int i = begin; i < end; i += 3) {
			int partLength = parts[i + 2] - parts[i + 1];
			System.arraycopy(before, parts[i + 1] - from, this.bytes, this.size, partLength);
			this.size += partLength;
		}
		this.limits.release(length);
	}

	private int putVarint(long value, int at) {
		long left = value;
		int next = at;
		while ((left & ~0x7FL) != 0) {
			this.bytes[next++] = (byte) (left & 0x7F | 0x80);
			left >>>= 7;
		}
		this.bytes[next++] = (byte) left;
		return next;
	}

	private static int lengthOf(int value) {
		return (Integer.SIZE - Integer.numberOfLeadingZeros(value | 1) + 6) / 7;
	}

	private void require(int more) {
		if (this.bytes.length - this.size < more) {
			int before = this.bytes.length;
			int after = Math.max(this.size + more, 2 * before);
			this.limits.hold(after);
			this.bytes = Arrays.copyOf(this.bytes, after);
			this.limits.release(before);
		}
	}

}
