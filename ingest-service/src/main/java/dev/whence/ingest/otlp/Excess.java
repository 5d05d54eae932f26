package dev.whence.ingest.otlp;

import dev.whence.ingest.intake.RecordLimits;
import dev.whence.store.rejected.RejectionReason;
import org.jspecify.annotations.Nullable;

/**
 * What is too much about one record, or about what several have in common, found while it
 * is read. The first finding counts; nothing more is written after it.
 */
final class Excess {

	/** Of one UTF-16 unit in UTF-8. */
	private static final int MOST_BYTES_A_CHARACTER = 3;

	/** What is told of values that are nested too deep. */
	static final String CUT = "values nested deeper than " + RecordLimits.OTLP_DEPTH + " levels were cut";

	private String place = "";

	private int values;

	private @Nullable String finding;

	private RejectionReason reason = RejectionReason.LIMIT;

	private boolean cut;

	void reset() {
		this.values = 0;
		this.finding = null;
		this.reason = RejectionReason.LIMIT;
		this.cut = false;
	}

	/** Notes that a value was left out because of how deep it is nested. */
	void cut() {
		this.cut = true;
	}

	boolean isCut() {
		return this.cut;
	}

	/** Of which kind the finding is. */
	RejectionReason reason() {
		return this.reason;
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

	/** Notes what is wrong rather than too much. */
	void wrong(String what) {
		if (this.finding == null) {
			this.reason = RejectionReason.INVALID_FIELD;
		}
		found(what);
	}

	void found(String what) {
		if (this.finding == null) {
			this.finding = what;
		}
	}

}
