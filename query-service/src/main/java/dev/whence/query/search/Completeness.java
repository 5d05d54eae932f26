package dev.whence.query.search;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.store.SearchPage;
import dev.whence.store.SearchedRange;
import org.jspecify.annotations.Nullable;

/**
 * What every answer says of itself.
 *
 * @param watermark everything that was acknowledged before is in the answer
 * @param complete whether nothing is missing of what was asked for
 * @param searchedTo how far the question came before its time or bytes were spent; absent
 * when it came to its end
 * @param hurt ranges of time of which something cannot be read any more
 */
record Completeness(Instant watermark, boolean complete,
		@JsonProperty("searched_to") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant searchedTo,
		@JsonInclude(JsonInclude.Include.NON_EMPTY) List<SearchPage.HurtRange> hurt) {

	static Completeness of(SearchPage page) {
		return new Completeness(page.watermark(), page.isComplete(), page.searchedTo(), page.hurt());
	}

	static Completeness of(SearchedRange range) {
		return new Completeness(range.watermark(), range.isComplete(), range.searchedTo(), range.hurt());
	}

}
