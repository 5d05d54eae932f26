package dev.whence.query.incident;

import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Whether an analysis was right, as somebody said last.
 *
 * @param service which service it was, where that was said
 */
record FeedbackView(UUID id, @JsonProperty("incident_version") long incidentVersion, boolean right,
		@Nullable String service, @Nullable String note, String actor, Instant at) {
}
