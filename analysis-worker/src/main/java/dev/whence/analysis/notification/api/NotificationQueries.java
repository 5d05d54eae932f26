package dev.whence.analysis.notification.api;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.whence.analysis.notification.channel.ChannelKind;
import dev.whence.analysis.notification.delivery.Circuits;
import dev.whence.analysis.notification.delivery.DeliveryState;
import dev.whence.analysis.notification.message.NotificationType;
import dev.whence.model.ProjectId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what the API shows. Opens no secret. */
@Component
class NotificationQueries {

	private static final String DELIVERY = """
			select d.id, d.seq, d.channel_id, c.name, c.kind, d.type, d.incident_id, i.title, d.state, d.attempts,
			       d.created_at, case when d.state = 'PENDING' then d.due_at end as due_at, d.sent_at, d.last_status,
			       d.last_detail, d.summary_id, d.held_by, d.message
			from incidents.delivery d
			join incidents.notification_channel c on c.id = d.channel_id
			left join incidents.incident_view i on i.id = d.incident_id
			where d.project_id = :project
			""";

	private final JdbcClient jdbc;

	private final JsonMapper json;

	private final Circuits circuits;

	NotificationQueries(JdbcClient jdbc, JsonMapper json, Circuits circuits) {
		this.jdbc = jdbc;
		this.json = json;
		this.circuits = circuits;
	}

	/** The channels of a project by name, or one of them. */
	List<ChannelView> channels(ProjectId project, @Nullable UUID id) {
		return this.jdbc.sql("""
				select c.id, c.name, c.kind, c.enabled, c.target, c.rate_messages, c.rate_seconds, c.created_at,
				       c.updated_at, w.pending, w.held, f.failed, s.last_sent_at, e.last_detail
				from incidents.notification_channel c
				cross join lateral (select count(*) filter (where state = 'PENDING') as pending,
				                           count(*) filter (where state = 'HELD') as held
				                    from incidents.delivery
				                    where channel_id = c.id and state in ('PENDING', 'HELD')) w
				cross join lateral (select count(*) as failed from incidents.delivery
				                    where channel_id = c.id and state = 'FAILED'
				                      and created_at > now() - interval '24 hours') f
				cross join lateral (select max(sent_at) as last_sent_at from incidents.delivery
				                    where channel_id = c.id) s
				left join lateral (select state, last_detail from incidents.delivery
				                   where channel_id = c.id and last_detail is not null
				                   order by seq desc limit 1) e on e.state <> 'SENT'
				where c.project_id = :project and c.deleted_at is null and (:id::uuid is null or c.id = :id::uuid)
				order by c.name limit 500
				""").param("project", project.value()).param("id", id).query(this::channel).list();
	}

	/** Names of the channels of a project, the deleted ones included. */
	Map<UUID, String> channelNames(ProjectId project) {
		return this.jdbc.sql("select id, name from incidents.notification_channel where project_id = :project")
			.param("project", project.value())
			.query((rs, _) -> Map.entry(rs.getObject(1, UUID.class), rs.getString(2)))
			.list()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

	/** How many deliveries are held because of maintenance now. */
	int heldForMaintenance(ProjectId project, List<String> services) {
		return this.jdbc.sql("""
				select count(*) from incidents.delivery d join incidents.incident_view i on i.id = d.incident_id
				where d.project_id = :project and d.state = 'HELD' and d.held_by = 'MAINTENANCE'
				  and (:services::text[] = '{}' or :services::text[] && i.affected_services)
				""")
			.param("project", project.value())
			.param("services", services.toArray(String[]::new))
			.query(Integer.class)
			.single();
	}

	/** The channels that hold something back because of maintenance. */
	List<UUID> channelsUnderMaintenance(ProjectId project) {
		return this.jdbc.sql("""
				select distinct channel_id from incidents.delivery
				where project_id = :project and state = 'HELD' and held_by = 'MAINTENANCE' order by channel_id
				""").param("project", project.value()).query(UUID.class).list();
	}

	/**
	 * A page of the log, newest first.
	 *
	 * @param before the cursor of the page before
	 */
	record LogFilter(@Nullable UUID channel, @Nullable UUID incident, @Nullable DeliveryState state,
			@Nullable NotificationType type, @Nullable Long before) {
	}

	List<Logged> deliveries(ProjectId project, LogFilter filter, int limit) {
		return this.jdbc.sql(DELIVERY + """
				  and (:channel::uuid is null or d.channel_id = :channel::uuid)
				  and (:incident::uuid is null or d.incident_id = :incident::uuid)
				  and (:state::text is null or d.state = :state)
				  and (:type::text is null or d.type = :type)
				  and (:before::bigint is null or d.seq < :before::bigint)
				order by d.seq desc limit :limit
				""")
			.param("project", project.value())
			.param("channel", filter.channel())
			.param("incident", filter.incident())
			.param("state", (filter.state() != null) ? filter.state().name() : null)
			.param("type", (filter.type() != null) ? filter.type().name() : null)
			.param("before", filter.before())
			.param("limit", limit)
			.query(NotificationQueries::logged)
			.list();
	}

	/** One delivery with its tries and what it says. */
	Optional<DeliveryView> delivery(ProjectId project, UUID id) {
		return this.jdbc.sql(DELIVERY + " and d.id = :id")
			.param("project", project.value())
			.param("id", id)
			.query((rs, row) -> logged(rs, row).delivery().with(attempts(id), message(rs)))
			.optional();
	}

	private List<DeliveryView.Attempt> attempts(UUID delivery) {
		return this.jdbc.sql("""
				select at, status, outcome, detail, response, took_ms from incidents.delivery_attempt
				where delivery_id = :id order by id limit 200
				""")
			.param("id", delivery)
			.query((rs, _) -> new DeliveryView.Attempt(time(rs, "at"), rs.getObject("status", Integer.class),
					rs.getString("outcome").toLowerCase(Locale.ROOT), rs.getString("detail"), rs.getString("response"),
					rs.getInt("took_ms")))
			.list();
	}

	private @Nullable JsonNode message(ResultSet rs) throws SQLException {
		String message = rs.getString("message");
		return (message != null) ? this.json.readTree(message) : null;
	}

	private ChannelView channel(ResultSet rs, int row) throws SQLException {
		UUID id = rs.getObject("id", UUID.class);
		return new ChannelView(id, rs.getString("name"), ChannelKind.valueOf(rs.getString("kind")).wireName(),
				rs.getBoolean("enabled"), rs.getString("target"),
				new ChannelBody.RateLimit(rs.getInt("rate_messages"), rs.getInt("rate_seconds")),
				time(rs, "created_at"), time(rs, "updated_at"), rs.getInt("pending"), rs.getInt("held"),
				rs.getInt("failed"), optionalTime(rs, "last_sent_at"), rs.getString("last_detail"),
				this.circuits.state(id), null);
	}

	private static Logged logged(ResultSet rs, int row) throws SQLException {
		String heldBy = rs.getString("held_by");
		return new Logged(rs.getLong("seq"),
				new DeliveryView(rs.getObject("id", UUID.class), rs.getObject("channel_id", UUID.class),
						rs.getString("name"), ChannelKind.valueOf(rs.getString("kind")).wireName(),
						NotificationType.valueOf(rs.getString("type")), rs.getObject("incident_id", UUID.class),
						rs.getString("title"), DeliveryState.valueOf(rs.getString("state")).wireName(),
						rs.getInt("attempts"), time(rs, "created_at"), optionalTime(rs, "due_at"),
						optionalTime(rs, "sent_at"), rs.getObject("last_status", Integer.class),
						rs.getString("last_detail"), rs.getObject("summary_id", UUID.class),
						(heldBy != null) ? heldBy.toLowerCase(Locale.ROOT) : null, null, null));
	}

	private static Instant time(ResultSet rs, String column) throws SQLException {
		return rs.getObject(column, OffsetDateTime.class).toInstant();
	}

	private static @Nullable Instant optionalTime(ResultSet rs, String column) throws SQLException {
		OffsetDateTime time = rs.getObject(column, OffsetDateTime.class);
		return (time != null) ? time.toInstant() : null;
	}

	/**
	 * A delivery with its place in the log.
	 *
	 * @param position of which the cursor is made
	 */
	record Logged(long position, DeliveryView delivery) {
	}

}
