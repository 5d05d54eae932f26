package dev.whence.ingest.intake;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Tells equal records of one request apart by their order, so that a retry finds the same
 * identities and two records that are both meant get two. Not for use by two threads.
 */
public final class Occurrences {

	private final Map<UUID, Integer> counts = new HashMap<>();

	/**
	 * The identity of the next record with this content; that of the content at first.
	 */
	public ContentId next(ContentId content) {
		Integer before = this.counts.putIfAbsent(content.id(), 1);
		if (before == null) {
			return content;
		}
		this.counts.put(content.id(), before + 1);
		return content.occurrence(before);
	}

}
