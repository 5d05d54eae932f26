package dev.whence.query.incident;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * An incident as the query API shows it.
 *
 * @param errorCount how many problem signals it has; a float, as clients expect
 */
record IncidentView(UUID id, @JsonProperty("trace_id") @Nullable String traceId, String status, String severity,
		@JsonProperty("detected_at") Instant detectedAt, @JsonProperty("resolved_at") @Nullable Instant resolvedAt,
		@JsonProperty("affected_services") List<String> affectedServices,
		@JsonProperty("error_count") double errorCount, String title) {
}
