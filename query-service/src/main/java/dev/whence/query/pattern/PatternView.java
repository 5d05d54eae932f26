package dev.whence.query.pattern;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One statement of one service.
 *
 * @param count how many of its lines the range holds; an estimate where not all were read
 * @param levels the same by level
 * @param firstSeen the first line ever learned, or the first that was read
 * @param examples some of the newest signals
 * @param trend {@code count} by slice of the range
 */
record PatternView(String id, String template, String service, long count, Map<String, Long> levels,
		@JsonProperty("first_seen") Instant firstSeen, @JsonProperty("last_seen") Instant lastSeen, List<UUID> examples,
		List<Long> trend) {

	/**
	 * The patterns of a range, most frequent first.
	 *
	 * @param read how many lines were looked at
	 * @param total how many there are, counted no further than a limit
	 * @param exact whether every line was read
	 */
	record Patterns(List<PatternView> items, Instant from, Instant to,
			@JsonProperty("slice_seconds") double sliceSeconds, long read, long total, boolean exact) {
	}

}
