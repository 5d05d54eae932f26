package dev.whence.store.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.whence.model.search.Expression;

/**
 * Segments that are asked together. One that is stored never changes.
 *
 * @param segments in the order of their places in the filters
 */
record Group(UUID id, UUID[] segments, GroupedWords words) {

	/**
	 * Those that may have a trace.
	 * @param line of the filter of traces, verified
	 */
	List<UUID> suspects(byte[] line, long token) {
		List<UUID> suspects = new ArrayList<>();
		for (int i = 0; i < this.segments.length; i++) {
			if (TokenFilter.mayContain(line, token, i, TokenBits.SPREAD)) {
				suspects.add(this.segments[i]);
			}
		}
		return suspects;
	}

	/**
	 * Adds what is known of the words of an expression.
	 * @param tokens those of the expression
	 * @param buckets for each token its bucket, verified
	 */
	void suspect(Expression expression, long[] tokens, byte[][] buckets, WordSuspects suspects) {
		for (int i = 0; i < this.segments.length; i++) {
			int member = i;
			if (Likely.mayMatch(expression,
					(token) -> this.words.mayContain(buckets[Likely.place(tokens, token)], token, member))) {
				suspects.bits().put(this.segments[i], this.words.bits()[i]);
			}
			else {
				suspects.without().add(this.segments[i]);
			}
		}
	}

}
