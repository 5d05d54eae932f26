package dev.whence.ingest.otlp;

import org.jspecify.annotations.Nullable;

import dev.whence.ingest.intake.RecordLimits;

/**
 * What is too much about one record, or about what several have in common, found while it
 * is read. The first finding counts; nothing more is written after it.
 */
final class Excess {

	/** Of one UTF-16 unit in UTF-8. */
	private static final int MOST_BYTES_A_CHARACTER = 3;

	private String place = "";

	private int values;

	private @Nullable String finding;

	void reset() {
		this.values = 0;
		this.finding = null;
	}

	/** Says which field is read from now on. */
	void at(String place) {
		this.place = place;
	}

	/** What is too much, for people; null when nothing is. */
	@Nullable String finding() {
		return this.finding;
	}

	boolean isFound() {
		return this.finding != null;
	}

	/** How many values, events and the like were read. */
	int values() {
		return this.values;
	}

	/** Counts a value; false when it is one too many. */
	boolean value() {
		if (++this.values > RecordLimits.VALUES) {
			found("a record may have " + RecordLimits.VALUES + " values, nested ones included");
		}
		return this.finding == null;
	}

	/** Looks at a key; false when it is too long. */
	boolean key(byte[] bytes, int from, int length) {
		if (length > RecordLimits.KEY_LENGTH && (length > MOST_BYTES_A_CHARACTER * RecordLimits.KEY_LENGTH
				|| Utf8.text(bytes, from, length).length() > RecordLimits.KEY_LENGTH)) {
			found(this.place + ": a key may have " + RecordLimits.KEY_LENGTH + " characters, this one has " + length
					+ " bytes");
		}
		return this.finding == null;
	}

	/** Looks at a text that is stored in a column of its own. */
	void name(String field, String text) {
		name(field, text, RecordLimits.NAME_LENGTH);
	}

	void name(String field, String text, int length) {
		if (text.length() > length) {
			found(field + " may have " + length + " characters");
		}
	}

	/** Looks at what several records have in common. */
	void shared(String what, long bytes) {
		if (bytes > RecordLimits.SHARED_BYTES) {
			found(what + " may have " + RecordLimits.SHARED_BYTES + " bytes, this one has " + bytes);
		}
	}

	void found(String what) {
		if (this.finding == null) {
			this.finding = what;
		}
	}

}
