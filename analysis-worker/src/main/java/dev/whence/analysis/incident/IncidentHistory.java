package dev.whence.analysis.incident;

import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

import dev.whence.model.Event;
import dev.whence.model.IncidentChanged;
import dev.whence.store.Outbox;
import dev.whence.store.OutboxMessage;
import dev.whence.support.wire.EventCodec;
import dev.whence.support.wire.WireMessage;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Writes down what happened to an incident and announces it, in the caller's transaction.
 */
@Component
class IncidentHistory {

	/** Who acts when no person does. */
	static final String WHENCE = "whence";

	private final JdbcClient jdbc;

	private final Outbox outbox;

	private final InstantSource clock;

	IncidentHistory(JdbcClient jdbc, Outbox outbox, InstantSource clock) {
		this.jdbc = jdbc;
		this.outbox = outbox;
		this.clock = clock;
	}

	void record(Incident incident, String change, String actor, @Nullable String comment) {
		this.jdbc.sql("""
				insert into incidents.incident_event (incident_id, change, version, actor, comment)
				values (:incident, :change, :version, :actor, :comment)
				""")
			.param("incident", incident.id())
			.param("change", change)
			.param("version", incident.version())
			.param("actor", actor)
			.param("comment", comment)
			.update();
		announceChange(incident, change);
	}

	/** Tells the others, without an entry in the history. */
	void announceChange(Incident incident, String change) {
		announce(new IncidentChanged(UUID.randomUUID(), this.clock.instant(), incident.project(), incident.id(),
				incident.version(), change));
	}

	void announce(Event event) {
		WireMessage message = EventCodec.encode(event);
		this.outbox.append(List.of(new OutboxMessage(message.topic(), message.key(), message.json())));
	}

}
