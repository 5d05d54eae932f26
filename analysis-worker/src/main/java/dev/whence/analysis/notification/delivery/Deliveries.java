package dev.whence.analysis.notification.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

import dev.whence.analysis.notification.NotificationProperties;
import dev.whence.analysis.notification.message.Message;
import dev.whence.analysis.notification.message.NotificationType;
import dev.whence.analysis.notification.message.Transition;
import dev.whence.analysis.notification.outbound.Receipt;
import dev.whence.model.ProjectId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The deliveries in PostgreSQL, on its clock. There is one for each transition and
 * channel, whoever else tries to add it.
 */
@Component
class Deliveries {

	/** Messages that are the first that a channel hears of some trouble. */
	private static final String OPENS = "type in ('OPENED', 'ESCALATED', 'REGRESSED')";

	private final JdbcClient jdbc;

	private final JsonMapper json;

	private final NotificationProperties properties;

	Deliveries(JdbcClient jdbc, JsonMapper json, NotificationProperties properties) {
		this.jdbc = jdbc;
		this.json = json;
		this.properties = properties;
	}

	/**
	 * Adds a delivery unless the channel has one for this transition.
	 * @param wait how long it may be put off for the sake of better news
	 */
	void add(ProjectId project, UUID channel, UUID incident, Transition transition, DeliveryState state,
			Duration wait) {
		insert(UUID.randomUUID(), project, channel, incident, transition, state, wait, null);
	}

	/** Adds a message that is about no transition: a summary or a test. */
	void add(ProjectId project, UUID channel, Message message, String transition) {
		insert(message.id(), project, channel, null,
				new Transition(transition, message.type(), message.time(), null, null), DeliveryState.PENDING,
				Duration.ZERO, message);
	}

	private void insert(UUID id, ProjectId project, UUID channel, @Nullable UUID incident, Transition transition,
			DeliveryState state, Duration wait, @Nullable Message message) {
		this.jdbc.sql("""
				insert into incidents.delivery (id, project_id, channel_id, incident_id, transition, type, state, actor,
				                                comment, occurred_at, due_at, give_up_at, message)
				values (:id, :project, :channel, :incident, :transition, :type, :state, :actor, :comment, :at,
				        now() + make_interval(secs => :wait), now() + make_interval(secs => :patience), :message::jsonb)
				on conflict (incident_id, transition, channel_id) do nothing
				""")
			.param("id", id)
			.param("project", project.value())
			.param("channel", channel)
			.param("incident", incident)
			.param("transition", transition.key())
			.param("type", transition.type().name())
			.param("state", state.name())
			.param("actor", transition.actor())
			.param("comment", transition.comment())
			.param("at", transition.at().atOffset(ZoneOffset.UTC))
			.param("wait", seconds(wait))
			.param("patience", seconds(this.properties.giveUpAfter().plus(wait)))
			.param("message", (message != null) ? this.json.writeValueAsString(message) : null)
			.update();
	}

	/** Whether the channel hears, or has heard, that there is this incident. */
	boolean hasHeard(UUID channel, UUID incident) {
		return exists(
				"select 1 from incidents.delivery where channel_id = :channel and incident_id = :incident and " + OPENS,
				channel, incident);
	}

	/** Whether the channel was told of the incident without its cause, and not since. */
	boolean lacksCause(UUID channel, UUID incident) {
		return exists("""
				select 1 from incidents.delivery
				where channel_id = :channel and incident_id = :incident and message is not null
				  and message -> 'cause' is null and
				""" + OPENS + """
				  and not exists (select 1 from incidents.delivery
				                  where channel_id = :channel and incident_id = :incident and type = 'CAUSE_FOUND')
				""", channel, incident);
	}

	/**
	 * Has the message that tells the channel of the incident sent now, if it has not been
	 * written yet: it will say what is known when it is.
	 * @return whether there is such a message
	 */
	boolean hasten(UUID channel, UUID incident) {
		return this.jdbc.sql("""
				update incidents.delivery set due_at = least(due_at, now())
				where channel_id = :channel and incident_id = :incident and state in ('PENDING', 'HELD')
				  and message is null and
				""" + OPENS).param("channel", channel).param("incident", incident).update() > 0;
	}

	/**
	 * The next that is due. Messages about one incident go in order; one that waits for
	 * its next try holds up no other incident.
	 */
	Optional<UUID> next(UUID channel) {
		return this.jdbc.sql("""
				select d.id from incidents.delivery d
				where d.channel_id = :channel and d.state = 'PENDING' and d.due_at <= now()
				  and not exists (select 1 from incidents.delivery e
				                  where e.channel_id = d.channel_id and e.incident_id = d.incident_id
				                    and e.state = 'PENDING' and e.seq < d.seq)
				order by d.seq limit 1
				""").param("channel", channel).query(UUID.class).optional();
	}

	/** Takes a pending delivery, for as long as the caller's transaction lasts. */
	Optional<Delivery> lockPending(UUID id) {
		return this.jdbc.sql("""
				select id, project_id, incident_id, type, occurred_at, actor, comment, attempts, message
				from incidents.delivery where id = :id and state = 'PENDING' for update
				""").param("id", id).query(this::delivery).optional();
	}

	/** Fixes what it says, and counts the try that begins. */
	void begin(UUID id, Message message) {
		this.jdbc.sql("""
				update incidents.delivery set message = coalesce(message, :message::jsonb), attempts = attempts + 1
				where id = :id
				""").param("id", id).param("message", this.json.writeValueAsString(message)).update();
	}

	/** Notes what came of a try. */
	void record(UUID id, Receipt receipt, Duration took, Duration pause) {
		switch (receipt) {
			case Receipt.Sent sent -> finish(id, DeliveryState.SENT, sent);
			case Receipt.Refused refused -> finish(id, DeliveryState.FAILED, refused);
			case Receipt.Failed failed -> this.jdbc.sql("""
					update incidents.delivery
					set due_at = now() + make_interval(secs => :pause), last_status = :status, last_detail = :detail,
					    state = case when now() + make_interval(secs => :pause) > give_up_at then 'FAILED'
					                 else 'PENDING' end
					where id = :id and state = 'PENDING'
					""")
				.param("id", id)
				.param("pause", seconds(pause))
				.param("status", failed.status())
				.param("detail", failed.detail())
				.update();
		}
		this.jdbc.sql("""
				insert into incidents.delivery_attempt (delivery_id, outcome, status, detail, response, took_ms)
				values (:id, :outcome, :status, :detail, :response, :took)
				""").param("id", id).param("outcome", switch (receipt) {
			case Receipt.Sent _ -> "SENT";
			case Receipt.Refused _ -> "FAILED";
			case Receipt.Failed _ -> "RETRY";
		})
			.param("status", receipt.status())
			.param("detail", receipt.detail())
			.param("response", receipt.response())
			.param("took", took.toMillis())
			.update();
	}

	private void finish(UUID id, DeliveryState state, Receipt receipt) {
		this.jdbc.sql("""
				update incidents.delivery
				set state = :state, last_status = :status, last_detail = :detail,
				    sent_at = case when :state = 'SENT' then clock_timestamp() end
				where id = :id and state = 'PENDING'
				""")
			.param("id", id)
			.param("state", state.name())
			.param("status", receipt.status())
			.param("detail", receipt.detail())
			.update();
	}

	/** Gives a delivery up that was never tried. */
	void fail(UUID id, String detail) {
		finish(id, DeliveryState.FAILED, new Receipt.Refused(null, detail, null));
	}

	/** Leaves the channel alone for a while. */
	void postpone(UUID channel, Duration pause) {
		this.jdbc.sql("""
				update incidents.delivery set due_at = greatest(due_at, now() + make_interval(secs => :pause))
				where channel_id = :channel and state = 'PENDING'
				""").param("channel", channel).param("pause", seconds(pause)).update();
	}

	/** Gives up everything that waits for a channel which is no more. */
	void abandon(UUID channel) {
		this.jdbc.sql("""
				update incidents.delivery set state = 'FAILED', last_detail = 'The channel was deleted'
				where channel_id = :channel and state in ('PENDING', 'HELD')
				""").param("channel", channel).update();
	}

	/**
	 * Has a delivery that has come to its end sent again, under the same id.
	 * @return false when it still waits, or there is none
	 */
	boolean replay(ProjectId project, UUID id) {
		return this.jdbc.sql("""
				update incidents.delivery
				set state = 'PENDING', due_at = now(), give_up_at = now() + make_interval(secs => :patience),
				    attempts = 0, held_by = null, sent_at = null
				where id = :id and project_id = :project and state not in ('PENDING', 'HELD')
				""")
			.param("id", id)
			.param("project", project.value())
			.param("patience", seconds(this.properties.giveUpAfter()))
			.update() == 1;
	}

	/** How many were sent in the time before now. */
	int sentWithin(UUID channel, Duration period) {
		return this.jdbc.sql("""
				select count(*) from incidents.delivery
				where channel_id = :channel and sent_at > now() - make_interval(secs => :period)
				""").param("channel", channel).param("period", seconds(period)).query(Integer.class).single();
	}

	private boolean exists(String query, UUID channel, UUID incident) {
		return this.jdbc.sql("select exists (" + query + ")")
			.param("channel", channel)
			.param("incident", incident)
			.query(Boolean.class)
			.single();
	}

	private Delivery delivery(ResultSet rs, int row) throws SQLException {
		String message = rs.getString("message");
		return new Delivery(rs.getObject("id", UUID.class), rs.getInt("project_id"),
				rs.getObject("incident_id", UUID.class), NotificationType.valueOf(rs.getString("type")),
				rs.getObject("occurred_at", OffsetDateTime.class).toInstant(), rs.getString("actor"),
				rs.getString("comment"), rs.getInt("attempts"),
				(message != null) ? this.json.readValue(message, Message.class) : null);
	}

	static double seconds(Duration duration) {
		return duration.toMillis() / 1000.0;
	}

}
