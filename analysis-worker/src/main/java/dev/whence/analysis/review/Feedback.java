package dev.whence.analysis.review;

import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Whether an analysis was right, as somebody says.
 *
 * @param service which service it was, where that was said
 */
record Feedback(UUID id, @JsonProperty("incident_version") long incidentVersion, boolean right,
		@Nullable String service, @Nullable String note, String actor, Instant at) {
}
