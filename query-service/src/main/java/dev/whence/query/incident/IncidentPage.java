package dev.whence.query.incident;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.whence.query.page.Cursor;
import dev.whence.query.page.Page;
import org.jspecify.annotations.Nullable;

/**
 * A page of incidents.
 *
 * @param nextCursor where the next one begins; null on the last
 */
record IncidentPage(@JsonUnwrapped Page<IncidentView> page, @JsonProperty("next_cursor") @Nullable String nextCursor) {

	/**
	 * @param found one more than the limit where there is a next page
	 */
	static IncidentPage of(List<IncidentView> found, long counted, int limit, int offset) {
		List<IncidentView> items = (found.size() > limit) ? found.subList(0, limit) : found;
		IncidentView last = (found.size() > limit) ? items.getLast() : null;
		return new IncidentPage(Page.of(items, counted, limit, offset),
				(last != null) ? new Cursor(last.detectedAt(), last.id().toString()).text() : null);
	}

}
