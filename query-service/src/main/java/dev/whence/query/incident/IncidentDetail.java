package dev.whence.query.incident;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/**
 * One incident with what it is made of.
 *
 * @param problems the kinds of trouble, earliest first
 * @param traces the traces it was seen on, those with most signals first
 * @param events what happened to it, oldest first
 */
record IncidentDetail(@JsonUnwrapped IncidentView incident, List<ProblemKind> problems, List<TraceShare> traces,
		List<Change> events) {

	/**
	 * One kind of trouble.
	 *
	 * @param reason why it was grouped here
	 */
	record ProblemKind(String fingerprint, String service, String title, String severity, long signals,
			@JsonProperty("first_seen") Instant firstSeen, @JsonProperty("last_seen") Instant lastSeen, String reason) {
	}

	/** How many of the incident's signals one trace has. */
	record TraceShare(@JsonProperty("trace_id") String traceId, @JsonProperty("signal_count") long signalCount) {
	}

	/** One step of the incident's history. */
	record Change(Instant at, String change, long version, String actor, @Nullable String comment) {
	}

}
