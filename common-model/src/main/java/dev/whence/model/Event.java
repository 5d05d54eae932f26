package dev.whence.model;

import java.time.Instant;
import java.util.UUID;

/**
 * A fact that one service tells the others over the event wire. Events are
 * level-triggered ("X has reached at least version v"): receiving one twice, late or out
 * of order is harmless, because the receiver looks at PostgreSQL before it acts.
 */
public sealed interface Event
		permits SignalsIngested, MinutesTouched, AnalysisRequested, IncidentChanged, BuildChanged {

	UUID eventId();

	Instant occurredAt();

	ProjectId project();

	/** The topic, {@code <domain>.<fact>.v<n>}. */
	String topic();

	/** What must stay together: events with the same key share a partition. */
	String key();

}
