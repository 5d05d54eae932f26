package dev.whence.query.incident;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import org.jspecify.annotations.Nullable;

/**
 * An analysis of an incident as the query API shows it.
 *
 * @param rootCause the report, Markdown
 * @param confidenceScore 0 to 100
 * @param explanation the findings behind the report, JSON
 * @param incidentVersion the version of the incident that was analysed
 * @param methodVersion which method found it, where it says
 * @param feedback whether it was right, as people said, newest first
 */
record AnalysisView(UUID id, @JsonProperty("incident_id") UUID incidentId, @JsonProperty("root_cause") String rootCause,
		@JsonProperty("confidence_score") double confidenceScore,
		@JsonProperty("evidence_signals") List<UUID> evidenceSignals,
		@JsonProperty("ai_explanation") @JsonRawValue String explanation,
		@JsonProperty("generated_at") Instant generatedAt, String verdict,
		@JsonProperty("incident_version") long incidentVersion,
		@JsonProperty("method_version") @Nullable String methodVersion, List<FeedbackView> feedback) {
}
