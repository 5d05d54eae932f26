package dev.whence.control.image.document;

/**
 * How much a definition may ask of the reader. The largest real one known has 20 kB, a
 * depth of 5 and 500 nodes.
 *
 * @param maxCharacters UTF-16 units of the text
 * @param maxDepth nesting of collections
 * @param maxNodes values, counted again wherever an alias repeats them; a text counts
 * once more for every 64 characters
 */
public record DocumentLimits(int maxCharacters, int maxDepth, int maxNodes) {

	/** The figures of a service that answers strangers. */
	public static final DocumentLimits DEFAULT = new DocumentLimits(1_000_000, 64, 50_000);

}
