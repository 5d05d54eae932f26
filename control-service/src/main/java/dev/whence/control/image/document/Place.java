package dev.whence.control.image.document;

/**
 * Where something stands in the text of a definition.
 *
 * @param line from 1
 * @param column from 1, in code points
 */
public record Place(int line, int column) {

	/** The beginning of a text. */
	public static final Place START = new Place(1, 1);

	@Override
	public String toString() {
		return "line " + this.line + ", column " + this.column;
	}

}
