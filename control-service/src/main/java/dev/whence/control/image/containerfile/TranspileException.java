package dev.whence.control.image.containerfile;

import dev.whence.control.image.document.Place;

/** A definition that no Containerfile can be made of. */
public final class TranspileException extends RuntimeException {

	private final String field;

	private final Place place;

	TranspileException(String field, String reason, Place place) {
		super(reason);
		this.field = field;
		this.place = place;
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
