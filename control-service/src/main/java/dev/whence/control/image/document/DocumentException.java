package dev.whence.control.image.document;

/** A text that is no YAML, or more of it than the reader takes. */
public final class DocumentException extends RuntimeException {

	private final String reason;

	private final Place place;

	DocumentException(String text, String reason, Place place) {
		super(text);
		this.reason = reason;
		this.place = place;
	}

	/** The whole text as PyYAML words it, with its places and excerpts. */
	public String text() {
		return String.valueOf(getMessage());
	}

	/** One sentence for a person, without the place. */
	public String reason() {
		return this.reason;
	}

	/** Where the cause stands. */
	public Place place() {
		return this.place;
	}

}
