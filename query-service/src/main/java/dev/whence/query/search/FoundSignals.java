package dev.whence.query.search;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.whence.query.page.Cursor;
import dev.whence.query.signal.SignalView;
import dev.whence.store.Position;
import dev.whence.store.SearchPage;
import org.jspecify.annotations.Nullable;

/**
 * A page of what was found.
 *
 * @param nextCursor where the next page begins, null at the end
 * @param from of the range that was searched, inclusive
 * @param to inclusive
 */
record FoundSignals(List<SignalView> items, @JsonProperty("next_cursor") @Nullable String nextCursor, Instant from,
		Instant to, @JsonUnwrapped Completeness completeness) {

	static FoundSignals of(SearchRequest request, SearchPage page) {
		Position next = page.next();
		return new FoundSignals(page.signals().stream().map(SignalView::from).toList(),
				(next != null) ? new Cursor(next.time(), next.id().toString()).text() : null, request.from(),
				request.to(), Completeness.of(page));
	}

}
