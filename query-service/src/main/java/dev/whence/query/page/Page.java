package dev.whence.query.page;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A part of a longer list.
 *
 * @param total how many there are in all, counted no further than a limit
 * @param totalCapped whether there may be more than {@code total}
 */
public record Page<T>(List<T> items, long total, int limit, int offset,
		@JsonProperty("total_capped") boolean totalCapped) {

	/** How far the items of a list are counted. */
	public static final long COUNTED = 10_000;

	/** How far one can page; beyond it, a narrower question is the better one. */
	public static final int LARGEST_OFFSET = 100_000;

	/**
	 * @param counted how many there are, at most {@link #COUNTED}
	 */
	public static <T> Page<T> of(List<T> items, long counted, int limit, int offset) {
		// Whoever pages beyond the count has seen that many.
		long seen = items.isEmpty() ? 0 : (long) offset + items.size();
		return new Page<>(items, Math.max(counted, seen), limit, offset, counted >= COUNTED);
	}

}
