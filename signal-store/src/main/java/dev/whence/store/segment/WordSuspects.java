package dev.whence.store.segment;

import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What filters above many segments say about words.
 *
 * @param without the segments that have nothing of what is looked for
 * @param bits of the others of these groups, which bits of a word the filter of a segment
 * has
 */
record WordSuspects(Set<UUID> without, Map<UUID, TokenBits> bits) {

	/** When no group was asked. */
	static final WordSuspects UNKNOWN = new WordSuspects(Set.of(), Map.of());

}
