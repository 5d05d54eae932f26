package dev.whence.ingest.otlp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

import dev.whence.ingest.intake.RecordLimits;
import org.jspecify.annotations.Nullable;

/**
 * Walks through protobuf's wire format without building messages: what a message would
 * cost in objects is the larger part of taking in a record. The format is that of the
 * protobuf documentation, "Encoding". Messages are entered and left like brackets.
 */
final class WireReader {

	static final int VARINT = 0;

	static final int FIXED64 = 1;

	static final int BYTES = 2;

	static final int FIXED32 = 5;

	/**
	 * The field that says in a message's stead what is wrong with it; the largest number
	 * that protobuf has, which no message uses.
	 */
	static final int FAULT = (1 << 29) - 1;

	private static final int START_GROUP = 3;

	private static final int END_GROUP = 4;

	/** As deep as protobuf's own parsers go. */
	private static final int MOST_GROUPS = 100;

	private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

	private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	/** Decides that a name is too long, whatever its characters. */
	private static final int MOST_NAME_BYTES = 3 * (RecordLimits.NAME_LENGTH + 1);

	private final byte[] bytes;

	private final boolean translated;

	private int position;

	private int limit;

	private int tag;

	WireReader(byte[] bytes) {
		this(bytes, bytes.length);
	}

	/**
	 * @param length how many of the bytes are the message
	 */
	WireReader(byte[] bytes, int length) {
		this(bytes, length, false);
	}

	/**
	 * @param translated whether the bytes are our own translation, which may have faults;
	 * what a sender writes into that field is ignored like any unknown one
	 */
	WireReader(byte[] bytes, int length, boolean translated) {
		this.bytes = bytes;
		this.limit = length;
		this.translated = translated;
	}

	/**
	 * What is wrong with the message whose field was just found; null when nothing is.
	 * Stays where it is.
	 */
	@Nullable String fault() {
		if (!this.translated) {
			return null;
		}
		int resume = this.position;
		int field = this.tag;
		int outer = enter();
		String fault = (next() == tag(FAULT, BYTES)) ? text() : null;
		this.limit = outer;
		this.position = resume;
		this.tag = field;
		return fault;
	}

	byte[] bytes() {
		return this.bytes;
	}

	int position() {
		return this.position;
	}

	/** Where the current message ends. */
	int limit() {
		return this.limit;
	}

	/** Goes back to a position within the current message. */
	void rewind(int position) {
		this.position = position;
	}

	/** Moves to the next field of the current message; its tag, or 0 at the end. */
	int next() {
		if (this.position == this.limit) {
			this.tag = 0;
			return 0;
		}
		long read = varint();
		this.tag = (int) read;
		if (read >>> 32 != 0 || this.tag >>> 3 == 0) {
			throw new MalformedWireException();
		}
		return this.tag;
	}

	/**
	 * The tag of a field, as {@link #next()} gives it. A field with another wire type
	 * than expected is an unknown field, to be skipped.
	 */
	static int tag(int field, int wireType) {
		return field << 3 | wireType;
	}

	/** Enters the length-delimited field that was just found; see {@link #leave}. */
	int enter() {
		int length = length();
		int outer = this.limit;
		this.limit = this.position + length;
		return outer;
	}

	/** Leaves what {@link #enter()} entered, whether or not all of it was read. */
	void leave(int outer) {
		this.position = this.limit;
		this.limit = outer;
	}

	/** The length of the field that was just found; its bytes begin at the position. */
	int length() {
		long length = varint();
		if (length < 0 || length > this.limit - this.position) {
			throw new MalformedWireException();
		}
		return (int) length;
	}

	/** The text of the field that was just found. */
	String text() {
		return text(Integer.MAX_VALUE);
	}

	/** The same for a name; of one that is far too long, a beginning that is too long. */
	String name() {
		return text(MOST_NAME_BYTES);
	}

	private String text(int most) {
		int length = length();
		String text = Utf8.text(this.bytes, this.position, Math.min(length, most));
		advance(length);
		return text;
	}

	/** Moves over bytes that were read from {@link #bytes()}. */
	void advance(int length) {
		this.position += length;
	}

	long varint() {
		long value = 0;
		for (int shift = 0; shift < 64; shift += 7) {
			if (this.position == this.limit) {
				throw new MalformedWireException();
			}
			byte next = this.bytes[this.position++];
			value |= (long) (next & 0x7F) << shift;
			if (next >= 0) {
				return value;
			}
		}
		throw new MalformedWireException();
	}

	/** A signed number in zigzag form, as {@code sint32} has it. */
	int zigzag32() {
		int value = (int) varint();
		return (value >>> 1) ^ -(value & 1);
	}

	long fixed64() {
		require(Long.BYTES);
		long value = (long) LONG.get(this.bytes, this.position);
		this.position += Long.BYTES;
		return value;
	}

	double float64() {
		return Double.longBitsToDouble(fixed64());
	}

	int fixed32() {
		require(Integer.BYTES);
		int value = (int) INT.get(this.bytes, this.position);
		this.position += Integer.BYTES;
		return value;
	}

	/** Skips the field that was just found. */
	void skip() {
		skip(0);
	}

	private void skip(int depth) {
		switch (this.tag & 7) {
			case VARINT -> varint();
			case FIXED64 -> fixed64();
			case BYTES -> advance(length());
			case FIXED32 -> fixed32();
			case START_GROUP -> skipGroup(depth);
			default -> throw new MalformedWireException();
		}
	}

	private void skipGroup(int depth) {
		int end = this.tag - START_GROUP + END_GROUP;
		if (depth == MOST_GROUPS) {
			throw new MalformedWireException();
		}
		while (next() != end) {
			if (this.tag == 0) {
				throw new MalformedWireException();
			}
			skip(depth + 1);
		}
	}

	private void require(int length) {
		if (this.limit - this.position < length) {
			throw new MalformedWireException();
		}
	}

}
