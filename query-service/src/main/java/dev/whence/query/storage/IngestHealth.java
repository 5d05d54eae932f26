package dev.whence.query.storage;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What became of what a project sent.
 *
 * @param accepted signals of the range that are stored and counted, by their own time
 * @param rejected samples that were kept of what was refused in the range, by the time of
 * receipt, the most frequent first
 * @param lagSeconds for how long the oldest minute of the range has been over that is not
 * counted
 * @param watermark before it, all of the range is counted
 */
record IngestHealth(long accepted, long logs, long spans, long points, List<Rejected> rejected,
		@JsonProperty("lag_seconds") long lagSeconds, Instant from, Instant to, Instant watermark) {

	/**
	 * What was refused for one reason.
	 *
	 * @param reason as {@code /query/rejected} knows it
	 */
	record Rejected(String reason, long count) {
	}

}
