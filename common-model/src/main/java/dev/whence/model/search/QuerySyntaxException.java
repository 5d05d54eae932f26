package dev.whence.model.search;

/** A text that is not of the search language. */
public final class QuerySyntaxException extends RuntimeException {

	private final transient int position;

	QuerySyntaxException(int position, String message) {
		super(message);
		this.position = position;
	}

	/** The character at which it cannot be understood, the first one being 0. */
	public int position() {
		return this.position;
	}

}
