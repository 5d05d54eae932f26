package dev.whence.query.incident;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/**
 * One incident with what it is made of.
 *
 * @param problems the kinds of trouble, earliest first
 * @param traces the traces it was seen on, those with most signals first
 * @param events what happened to it, oldest first
 * @param members what was grouped, and why, earliest first
 * @param mergedFrom the incidents that are part of it now
 * @param timeline everything on one axis, from the first anomaly on
 * @param seenBefore earlier incidents that began with the same problems, newest first
 */
record IncidentDetail(@JsonUnwrapped IncidentView incident, List<ProblemKind> problems, List<TraceShare> traces,
		List<Event> events, List<Member> members, @JsonProperty("merged_from") List<Merged> mergedFrom,
		List<TimelineEntry> timeline, @JsonProperty("seen_before") List<SeenBefore> seenBefore) {

	/**
	 * One kind of trouble.
	 *
	 * @param reason why it was grouped here
	 * @param state new, ongoing, regressed, resolved or ignored, over all incidents
	 */
	record ProblemKind(String fingerprint, String service, String title, String severity, long signals,
			@JsonProperty("first_seen") Instant firstSeen, @JsonProperty("last_seen") Instant lastSeen, String reason,
			@Nullable String state) {
	}

	/** How many of the incident's signals one trace has. */
	record TraceShare(@JsonProperty("trace_id") String traceId, @JsonProperty("signal_count") long signalCount) {
	}

	/**
	 * One step of the incident's history.
	 *
	 * @param actor who did it, as was said; {@code whence} when nobody did
	 * @param credential with which it was done
	 * @param detail what the step was about, JSON
	 */
	record Event(UUID id, Instant at, String change, long version, String actor, @Nullable String comment,
			@Nullable String credential, @JsonRawValue String detail) {
	}

	/**
	 * What one subject contributes.
	 *
	 * @param subjectKind trace, fingerprint or observation
	 * @param origin whether the trouble began here; the others are symptoms
	 * @param rule the rule that put it here, where it says
	 * @param matched what matched, by field, JSON
	 * @param pinned whether a person put it here
	 */
	record Member(@JsonProperty("subject_kind") String subjectKind, String subject, String fingerprint, String service,
			String title, String severity, boolean origin, long signals, @JsonProperty("first_seen") Instant firstSeen,
			@JsonProperty("last_seen") Instant lastSeen, String reason, @Nullable String rule,
			@JsonRawValue String matched, boolean pinned) {
	}

	/** An incident that is part of this one now. */
	record Merged(UUID id, String title, @JsonProperty("merged_at") @Nullable Instant mergedAt) {
	}

	/**
	 * One point of the timeline.
	 *
	 * @param kind anomaly, problem, change, action or analysis
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record TimelineEntry(Instant at, String kind, String what, @Nullable String service, @Nullable String actor,
			@Nullable String link, @Nullable String note, @Nullable Long version) {
	}

	/**
	 * An earlier incident that began with the same problems.
	 *
	 * @param sharedProblems how many of them
	 * @param resolvedBy who did, {@code whence} when nobody had to
	 * @param note what was said then
	 */
	record SeenBefore(UUID id, String title, @JsonProperty("detected_at") Instant detectedAt,
			@JsonProperty("resolved_at") @Nullable Instant resolvedAt, String state,
			@JsonProperty("shared_problems") int sharedProblems,
			@JsonProperty("resolved_by") @Nullable String resolvedBy, @Nullable String note) {
	}

}
