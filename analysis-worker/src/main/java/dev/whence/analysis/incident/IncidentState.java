package dev.whence.analysis.incident;

import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What an action can change about an incident.
 *
 * @param status one of the original's four
 * @param state finer than the status
 * @param revision to be sent back by whoever wants to change just this
 */
record IncidentState(UUID id, String status, String state, long revision, long version, String severity,
		@Nullable String assignee, @JsonProperty("acknowledged_at") @Nullable Instant acknowledgedAt,
		@JsonProperty("resolved_at") @Nullable Instant resolvedAt,
		@JsonProperty("merged_into") @Nullable UUID mergedInto, @Nullable Rest snooze) {

	/** How long it is left alone. */
	record Rest(Instant since, @Nullable Instant until, @JsonProperty("until_escalates") boolean untilEscalates,
			@JsonProperty("rate_factor") @Nullable Double rateFactor) {

		private static @Nullable Rest of(@Nullable Snooze snooze) {
			return (snooze != null) ? new Rest(snooze.since(), snooze.until(), snooze.factor() != null, snooze.factor())
					: null;
		}

	}

	static IncidentState of(Incident incident) {
		return new IncidentState(incident.id(), incident.status().original(), incident.status().state(),
				incident.revision(), incident.version(), incident.severity().wireName(), incident.assignee(),
				incident.acknowledgedAt(), incident.resolvedAt(), incident.mergedInto(), Rest.of(incident.snooze()));
	}

}
