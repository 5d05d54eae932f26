package dev.whence.control.image.containerfile;

import dev.whence.control.image.document.Place;

/** A definition that no Containerfile can be made of. */
public final class TranspileException extends RuntimeException {

	private final String field;

	private final Place place;

	private final boolean missing;

	TranspileException(String field, String reason, Place place) {
		this(field, reason, place, false);
	}

	private TranspileException(String field, String reason, Place place, boolean missing) {
		super(reason);
		this.field = field;
		this.place = place;
		this.missing = missing;
	}

	/** Of a field that no definition can do without. */
	static TranspileException missing(String field, Place place) {
		return new TranspileException(field, "Missing required field: " + field, place, true);
	}

	/** Whether the field is not there at all. */
	public boolean isMissing() {
		return this.missing;
	}

	/** The key at fault, from the outside inwards, such as {@code modules[2].scripts}. */
	public String field() {
		return this.field;
	}

	/** What is wrong with it. */
	public String reason() {
		return String.valueOf(getMessage());
	}

	/** Where it stands. */
	public Place place() {
		return this.place;
	}

}
