package dev.whence.benchmarks.ingest.load;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import com.google.protobuf.ByteString;

/**
 * The places of a body that differ from request to request. While the body is built, each
 * holds a placeholder of the width of what will stand there; {@link Template} finds them
 * again in the encoded bytes, whatever the encoder did.
 */
final class Slots {

	/** Upper half of numbers in little-endian order. */
	static final long NUMBER_MARK = 0x7E57A11EL;

	/** First four bytes of binary ids. */
	static final long BYTES_MARK = 0x7E57B17EL;

	/** First eight characters of texts. */
	static final String TEXT_MARK = "7e57beef";

	private final List<Slot> slots = new ArrayList<>();

	List<Slot> all() {
		return this.slots;
	}

	/** Nanoseconds since 1970, so much after the time of the record. */
	long time(int record, int delta) {
		return number(Kind.TIME, record, delta);
	}

	/** A measured value. */
	double value(int record) {
		return Double.longBitsToDouble(number(Kind.VALUE, record, 0));
	}

	/** The trace of the record. */
	ByteString trace(int record) {
		return bytes(Kind.TRACE, record, 0, 16);
	}

	/** The span of the record so many places further. */
	ByteString span(int record, int delta) {
		return bytes(Kind.SPAN, record, delta, 8);
	}

	/** Sixteen characters that no other record has. */
	String unique(int record) {
		return text(Kind.UNIQUE_TEXT, record, 16);
	}

	String traceText(int record) {
		return text(Kind.TRACE_TEXT, record, 32);
	}

	String timeText(int record) {
		return text(Kind.TIME_TEXT, record, 30);
	}

	String uuidText(int record) {
		return text(Kind.UUID_TEXT, record, 36);
	}

	private long number(Kind kind, int record, int delta) {
		return (NUMBER_MARK << 32) | add(kind, record, delta);
	}

	private ByteString bytes(Kind kind, int record, int delta, int length) {
		byte[] bytes = new byte[length];
		long mark = (BYTES_MARK << 32) | add(kind, record, delta);
		for (int i = 0; i < 8; i++) {
			bytes[i] = (byte) (mark >>> (56 - 8 * i));
		}
		return ByteString.copyFrom(bytes);
	}

	private String text(Kind kind, int record, int length) {
		String text = TEXT_MARK + "%08x".formatted(add(kind, record, 0));
		return text + "0".repeat(length - text.getBytes(StandardCharsets.US_ASCII).length);
	}

	private int add(Kind kind, int record, int delta) {
		this.slots.add(new Slot(kind, record, delta));
		return this.slots.size() - 1;
	}

	enum Kind {

		TIME, VALUE, TRACE, SPAN, UNIQUE_TEXT, TRACE_TEXT, TIME_TEXT, UUID_TEXT

	}

	/**
	 * @param record which of the body's records it belongs to
	 */
	record Slot(Kind kind, int record, int delta) {
	}

}
