package dev.whence.model;

import java.time.Instant;
import java.util.UUID;

/**
 * An incident reached a version that deserves an analysis.
 *
 * @param incidentVersion at least this version wants one
 */
public record AnalysisRequested(UUID eventId, Instant occurredAt, ProjectId project, UUID incidentId,
		long incidentVersion) implements Event {

	public static final String TOPIC = "analysis.requested.v1";

	@Override
	public String topic() {
		return TOPIC;
	}

	@Override
	public String key() {
		return this.incidentId.toString();
	}

}
