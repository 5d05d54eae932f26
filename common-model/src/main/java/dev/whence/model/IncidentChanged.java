package dev.whence.model;

import java.time.Instant;
import java.util.UUID;

/**
 * An incident was opened, grew, changed its state or got its analysis.
 *
 * @param change what happened, e.g. {@code opened}, {@code escalated}, {@code analysed}
 */
public record IncidentChanged(UUID eventId, Instant occurredAt, ProjectId project, UUID incidentId,
		long incidentVersion, String change) implements Event {

	public static final String TOPIC = "incidents.changed.v1";

	@Override
	public String topic() {
		return TOPIC;
	}

	@Override
	public String key() {
		return this.incidentId.toString();
	}

}
