package dev.whence.query.incident;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * One of the analyses that an incident has had.
 *
 * @param attempt how often the work was begun, until it was done
 * @param likelyCause the service that was ranked first
 */
record AnalysisSummary(UUID id, @JsonProperty("incident_version") long incidentVersion, long attempt,
		@JsonProperty("method_version") @Nullable String methodVersion, String verdict,
		@JsonProperty("confidence_score") double confidenceScore, @JsonProperty("generated_at") Instant generatedAt,
		@JsonProperty("likely_cause") @Nullable String likelyCause, List<FeedbackView> feedback) {

	/** All of them. */
	record History(List<AnalysisSummary> items) {
	}

}
