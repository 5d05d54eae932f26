package dev.whence.query.incident;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * An incident as the query API shows it.
 *
 * @param traceId the trace that opened it; empty when signals without a trace did
 * @param errorCount how many signals its traces have, as the original counted; a float,
 * as clients expect
 * @param version grows whenever signals join
 * @param analyzedVersion the newest version that has an analysis, 0 for none
 */
record IncidentView(UUID id, @JsonProperty("trace_id") String traceId, String status, String severity,
		@JsonProperty("detected_at") Instant detectedAt, @JsonProperty("resolved_at") @Nullable Instant resolvedAt,
		@JsonProperty("affected_services") List<String> affectedServices,
		@JsonProperty("error_count") double errorCount, String title, @JsonProperty("first_seen") Instant firstSeen,
		@JsonProperty("last_seen") Instant lastSeen, long version,
		@JsonProperty("analyzed_version") long analyzedVersion) {
}
