package dev.whence.analysis.incident;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.whence.model.Event;
import dev.whence.model.IncidentChanged;
import dev.whence.store.outbox.Outbox;
import dev.whence.store.outbox.OutboxMessage;
import dev.whence.support.wire.EventCodec;
import dev.whence.support.wire.WireMessage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Writes down what happened to an incident and announces it, in the caller's transaction.
 * The entry and its announcement have one id: who hears the announcement twice can tell.
 */
@Component
class IncidentHistory {

	/** Who acts when no person does. */
	static final String WHENCE = "whence";

	private final JdbcClient jdbc;

	private final Outbox outbox;

	private final InstantSource clock;

	private final JsonMapper json;

	IncidentHistory(JdbcClient jdbc, Outbox outbox, InstantSource clock, JsonMapper json) {
		this.jdbc = jdbc;
		this.outbox = outbox;
		this.clock = clock;
		this.json = json;
	}

	void record(Incident incident, String change, String actor, @Nullable String comment) {
		record(incident, new Entry(change, new Author(actor, null), comment, Map.of(), null));
	}

	void record(Incident incident, Entry entry) {
		UUID id = UUID.randomUUID();
		this.jdbc
			.sql("""
					insert into incidents.incident_event (incident_id, event_id, change, version, actor, credential, comment,
					                                      detail, effective_at)
					values (:incident, :id, :change, :version, :actor, :credential, :comment, :detail::jsonb, :effective)
					""")
			.param("incident", incident.id())
			.param("id", id)
			.param("change", entry.change())
			.param("version", incident.version())
			.param("actor", entry.author().name())
			.param("credential", entry.author().credential())
			.param("comment", entry.comment())
			.param("detail", this.json.writeValueAsString(entry.detail()))
			.param("effective", (entry.effectiveAt() != null) ? entry.effectiveAt().atOffset(ZoneOffset.UTC) : null)
			.update();
		announceChange(id, incident, entry.change());
	}

	/** Tells the others, without an entry in the history. */
	void announceChange(Incident incident, String change) {
		announceChange(UUID.randomUUID(), incident, change);
	}

	void announce(Event event) {
		WireMessage message = EventCodec.encode(event);
		this.outbox.append(List.of(new OutboxMessage(message.topic(), message.key(), message.json())));
	}

	private void announceChange(UUID id, Incident incident, String change) {
		announce(new IncidentChanged(id, this.clock.instant(), incident.project(), incident.id(), incident.version(),
				change));
	}

	/**
	 * One entry.
	 *
	 * @param change what happened, one word of the past, e.g. {@code resolved}
	 * @param detail what the change was about, e.g. the assignee
	 * @param effectiveAt when it came true, if that was earlier
	 */
	record Entry(String change, Author author, @Nullable String comment, Map<String, Object> detail,
			@Nullable Instant effectiveAt) {

		static Entry by(Author author, String change, @Nullable String comment) {
			return new Entry(change, author, comment, Map.of(), null);
		}

		Entry about(Map<String, Object> detail) {
			return new Entry(this.change, this.author, this.comment, detail, this.effectiveAt);
		}

	}

}
