package dev.whence.store.segment;

import java.util.List;
import java.util.OptionalLong;

/**
 * What was found in segments, and how far everything was looked at.
 *
 * @param searchedTo empty for everything; otherwise nothing beyond this time, in
 * nanoseconds since 1970, and not all of this time
 * @param hurt where something cannot be read
 */
public record Findings(List<StoredRow> rows, OptionalLong searchedTo, List<Hurt> hurt) {

	/** A damaged segment: what lies between two times may be missing. */
	public record Hurt(long from, long to) {
	}

}
