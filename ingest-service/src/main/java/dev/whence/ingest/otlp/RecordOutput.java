package dev.whence.ingest.otlp;

import dev.whence.ingest.intake.RecordLimits;
import dev.whence.store.rejected.RejectionReason;

/**
 * The attributes and details of one record while they are read; used again for the next.
 * Knows how large a record may be: one that is larger is refused by itself, its
 * neighbours are kept.
 */
final class RecordOutput {

	private final JsonOutput attributes = new JsonOutput();

	private final JsonOutput details = new JsonOutput();

	private final Excess excess = new Excess();

	private int attributeCount;

	private int counted;

	private int shared;

	/**
	 * Begins a record; false when it cannot be taken whatever it says, which is noted.
	 */
	boolean begin(Origin origin, int length, Decoded decoded) {
		if (origin.excess() != null) {
			decoded.reject(origin.reason(), origin.excess(), origin, "");
			return false;
		}
		if (length > RecordLimits.BYTES) {
			decoded.reject(RejectionReason.LIMIT,
					"a record may have " + RecordLimits.BYTES + " bytes, this one has " + length, origin, "");
			return false;
		}
		decoded.makeRoom(length);
		this.excess.reset();
		this.excess.at("attributes");
		this.attributes.reset();
		this.attributes.beginObject();
		this.details.reset();
		this.details.beginObject();
		this.details.members(origin.details());
		this.attributeCount = 0;
		this.shared = origin.details().length;
		return true;
	}

	/** Writes the attribute whose field was just found. */
	void attribute(WireReader in) {
		this.attributeCount++;
		AttributeJson.member(in, this.attributes, this.excess);
	}

	/** Writes members of the details that other records have, too. */
	void share(byte[] members) {
		this.details.members(members);
		this.shared += members.length;
	}

	JsonOutput details() {
		return this.details;
	}

	/** What is too much about the record so far. */
	Excess excess() {
		return this.excess;
	}

	/** Writes a number without a sign that is not told when it is zero. */
	void count(String name, int value) {
		if (value != 0) {
			this.details.name(name).number(Integer.toUnsignedLong(value));
		}
	}

	/** Writes a time that is not told when it is zero. */
	void time(String name, long unixNanos) {
		if (unixNanos != 0) {
			this.details.name(name).unsigned(unixNanos);
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

	/** Ends a record; false when something is too much about it, which is noted. */
	boolean complete(Origin origin, String name, Decoded decoded) {
		this.attributes.endObject();
		if (this.excess.isCut()) {
			this.details.name("cut_below_level").number(RecordLimits.OTLP_DEPTH);
			decoded.warn(Excess.CUT);
		}
		this.details.endObject();
		int replaced = this.attributes.replaced() + this.details.replaced();
		decoded.sanitized(replaced - this.counted);
		this.counted = replaced;
		if (this.attributeCount > RecordLimits.ATTRIBUTES) {
			this.excess.found("a record may have " + RecordLimits.ATTRIBUTES + " attributes, this one has "
					+ this.attributeCount);
		}
		String finding = this.excess.finding();
		if (finding != null) {
			decoded.reject(RejectionReason.LIMIT, finding, origin, name);
		}
		return finding == null;
	}

	byte[] attributes() {
		return this.attributes.toBytes();
	}

	byte[] detailsJson() {
		return this.details.toBytes();
	}

	/** How many bytes of JSON the record stores besides what it shares with others. */
	int size() {
		return this.attributes.size() + this.details.size() - this.shared;
	}

}
