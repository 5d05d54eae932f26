package dev.whence.query.analysis;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * How many judged analyses were right. An analysis is judged by the newest word of each
 * person; where they disagree it counts once for each.
 */
record Accuracy(@Nullable Instant from, @Nullable Instant to, long judged, long right, long wrong,
		@JsonProperty("by_verdict") List<OfVerdict> byVerdict, @JsonProperty("by_rank") List<OfRank> byRank) {

	/** How many of one verdict. */
	record OfVerdict(String verdict, long right, long wrong) {
	}

	/**
	 * How often the true service had a rank.
	 *
	 * @param rank null where it was not among the ranked, or nobody said which it was
	 */
	record OfRank(@Nullable Integer rank, long count) {
	}

}
