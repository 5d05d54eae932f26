package dev.whence.ingest.otlp;

import dev.whence.store.RejectionReason;

/**
 * The attributes and details of one record while they are read; used again for the next.
 * Knows how large a record may be: one that is larger is refused by itself, its
 * neighbours are kept.
 */
final class RecordOutput {

	/** What one record may have on the wire, so that one of them cannot fill a page. */
	private static final int MOST_BYTES = 1024 * 1024;

	private static final int MOST_ATTRIBUTES = 1000;

	private final JsonOutput attributes = new JsonOutput();

	private final JsonOutput details = new JsonOutput();

	private int attributeCount;

	private int counted;

	private int originSize;

	/** Begins a record; false when it is too large, which is noted. */
	boolean begin(Origin origin, int length, Decoded decoded) {
		if (length > MOST_BYTES) {
			decoded.reject(RejectionReason.LIMIT, "a record may have " + MOST_BYTES + " bytes, this one has " + length,
					origin, "");
			return false;
		}
		this.attributes.reset();
		this.attributes.beginObject();
		this.details.reset();
		this.details.beginObject();
		this.details.members(origin.details());
		this.attributeCount = 0;
		this.originSize = origin.size();
		return true;
	}

	/** Writes the attribute whose field was just found. */
	void attribute(WireReader in) {
		this.attributeCount++;
		AttributeJson.member(in, this.attributes);
	}

	JsonOutput details() {
		return this.details;
	}

	/** Writes a number that is not told when it is zero. */
	void count(String name, int value) {
		if (value != 0) {
			this.details.name(name).number(Integer.toUnsignedLong(value));
		}
	}

	/** Writes the text whose field was just found, unless it is empty. */
	void text(String name, WireReader in) {
		int length = in.length();
		if (length > 0) {
			this.details.name(name).string(in.bytes(), in.position(), length);
		}
		in.advance(length);
	}

	/** Ends a record; false when it has too many attributes, which is noted. */
	boolean complete(Origin origin, String name, Decoded decoded) {
		this.attributes.endObject();
		this.details.endObject();
		int replaced = this.attributes.replaced() + this.details.replaced();
		decoded.sanitized(replaced - this.counted);
		this.counted = replaced;
		if (this.attributeCount > MOST_ATTRIBUTES) {
			decoded.reject(RejectionReason.LIMIT,
					"a record may have " + MOST_ATTRIBUTES + " attributes, this one has " + this.attributeCount, origin,
					name);
			return false;
		}
		return true;
	}

	byte[] attributes() {
		return this.attributes.toBytes();
	}

	byte[] detailsJson() {
		return this.details.toBytes();
	}

	/** How many bytes of JSON the record stores, its origin included. */
	int size() {
		return this.attributes.size() + this.details.size() + this.originSize;
	}

}
