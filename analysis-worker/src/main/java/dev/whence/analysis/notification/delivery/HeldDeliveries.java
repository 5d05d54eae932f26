package dev.whence.analysis.notification.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.whence.analysis.notification.channel.Channel;
import dev.whence.analysis.notification.message.IncidentReader;
import dev.whence.analysis.notification.message.Message;
import dev.whence.analysis.notification.message.NotificationType;
import dev.whence.analysis.notification.message.Summary;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Holds back what must not be sent now, because of maintenance or because the channel has
 * had its share, and tells in one message afterwards what that was. A receiver that keeps
 * the state of each incident gets the newest state of each instead.
 */
@Component
class HeldDeliveries {

	/** As many as a person reads. */
	private static final int NAMED = 10;

	private static final int MAX = 10_000;

	private static final String UNDER_MAINTENANCE = """
			exists (select 1 from incidents.maintenance_window w, incidents.incident_view i
			        where i.id = d.incident_id and w.project_id = d.project_id
			          and w.starts_at <= now() and w.ends_at > now()
			          and (w.services = '{}' or w.services && i.affected_services))
			""";

	private final JdbcClient jdbc;

	private final Deliveries deliveries;

	private final IncidentReader incidents;

	private final TransactionOperations transactions;

	HeldDeliveries(JdbcClient jdbc, Deliveries deliveries, IncidentReader incidents,
			TransactionOperations transactions) {
		this.jdbc = jdbc;
		this.deliveries = deliveries;
		this.incidents = incidents;
		this.transactions = transactions;
	}

	/** Holds what is due and must not be sent, and lets go of what may be told again. */
	void sort(Channel channel) {
		this.transactions.executeWithoutResult((_) -> {
			this.jdbc.sql("""
					update incidents.delivery d set state = 'HELD', held_by = 'MAINTENANCE'
					where d.channel_id = :channel and d.state = 'PENDING' and d.due_at <= now() and
					""" + UNDER_MAINTENANCE).param("channel", channel.id()).update();
			release(channel, held(channel, "d.held_by = 'MAINTENANCE' and not " + UNDER_MAINTENANCE));
			if (isExhausted(channel)) {
				this.jdbc.sql("""
						update incidents.delivery set state = 'HELD', held_by = 'RATE'
						where channel_id = :channel and state = 'PENDING' and due_at <= now() and attempts = 0
						  and incident_id is not null
						""").param("channel", channel.id()).update();
			}
			else {
				release(channel, held(channel, "d.held_by = 'RATE'"));
			}
		});
	}

	/** When there is something to do for the channel next; empty when nothing waits. */
	Optional<Duration> next(Channel channel) {
		return this.jdbc.sql("""
				select extract(epoch from min(t.at) - clock_timestamp()) from (
				    select d.due_at as at from incidents.delivery d
				    where d.channel_id = :channel and d.state = 'PENDING'
				      and not exists (select 1 from incidents.delivery e
				                      where e.channel_id = d.channel_id and e.incident_id = d.incident_id
				                        and e.state = 'PENDING' and e.seq < d.seq)
				    union all
				    select w.ends_at from incidents.maintenance_window w
				    where w.project_id = :project and w.starts_at <= now() and w.ends_at > now()
				      and exists (select 1 from incidents.delivery
				                  where channel_id = :channel and state = 'HELD' and held_by = 'MAINTENANCE')
				    union all
				    (select sent_at + make_interval(secs => :period) from incidents.delivery
				     where channel_id = :channel and sent_at is not null
				       and exists (select 1 from incidents.delivery
				                   where channel_id = :channel and state = 'HELD' and held_by = 'RATE')
				     order by sent_at desc offset :skipped limit 1)
				) t
				""")
			.param("channel", channel.id())
			.param("project", channel.project().value())
			.param("period", Deliveries.seconds(channel.ratePeriod()))
			.param("skipped", channel.rateMessages() - 1)
			.query((rs, _) -> Optional.ofNullable(rs.getBigDecimal(1))
				.map((seconds) -> Duration.ofMillis(Math.max(0, (long) Math.ceil(seconds.doubleValue() * 1000)))))
			.single();
	}

	private boolean isExhausted(Channel channel) {
		return this.deliveries.sentWithin(channel.id(), channel.ratePeriod()) >= channel.rateMessages();
	}

	private List<Held> held(Channel channel, String condition) {
		return this.jdbc.sql("""
				select d.id, d.incident_id, d.type, d.held_by, i.title, i.severity, i.status,
				       exists (select 1 from incidents.delivery s
				               where s.channel_id = d.channel_id and s.incident_id = d.incident_id
				                 and s.state = 'SENT') as told
				from incidents.delivery d
				join incidents.incident_view i on i.id = d.incident_id
				where d.channel_id = :channel and d.state = 'HELD' and
				""" + condition + " order by d.seq desc limit :max")
			.param("channel", channel.id())
			.param("max", MAX)
			.query(HeldDeliveries::held)
			.list();
	}

	private void release(Channel channel, List<Held> held) {
		if (held.isEmpty()) {
			return;
		}
		if (channel.kind().isStateful()) {
			releaseNewestOfEach(held);
		}
		else if (held.size() == 1) {
			move(held, "PENDING");
		}
		else {
			sumUp(channel, held);
		}
	}

	private void releaseNewestOfEach(List<Held> held) {
		Map<UUID, Held> newest = newestOfEach(held);
		// Nobody needs to hear of the end of what nobody heard of.
		List<Held> told = newest.values().stream().filter((one) -> one.told() || one.isActive()).toList();
		move(told, "PENDING");
		move(held.stream().filter((one) -> !told.contains(one)).toList(), "SUPERSEDED");
	}

	private void sumUp(Channel channel, List<Held> held) {
		List<Summary.Line> lines = newestOfEach(held).values()
			.stream()
			.map((one) -> new Summary.Line(one.incident(), one.title(), one.severity(), one.status(), one.type(),
					this.incidents.url(one.incident())))
			.toList();
		Summary summary = new Summary(reason(channel, held.getFirst()), held.size(),
				lines.subList(0, Math.min(NAMED, lines.size())), Math.max(0, lines.size() - NAMED));
		UUID id = UUID.randomUUID();
		this.deliveries.add(channel.project(), channel.id(), new Message(id, NotificationType.SUMMARY, now(),
				channel.project().value(), null, null, summary, null, null), "summary:" + id);
		this.jdbc.sql("update incidents.delivery set state = 'SUMMARISED', summary_id = :summary where id = any(:ids)")
			.param("summary", id)
			.param("ids", ids(held))
			.update();
	}

	private String reason(Channel channel, Held newest) {
		if ("RATE".equals(newest.heldBy())) {
			return "more than " + channel.rateMessages() + " messages in " + channel.ratePeriod().toSeconds() + " s";
		}
		return "maintenance: " + this.jdbc.sql("""
				select reason from incidents.maintenance_window
				where project_id = :project and ends_at <= now() order by ends_at desc limit 1
				""").param("project", channel.project().value()).query(String.class).optional().orElse("over");
	}

	private Instant now() {
		return this.jdbc.sql("select now()").query(OffsetDateTime.class).single().toInstant();
	}

	private void move(List<Held> held, String state) {
		this.jdbc.sql("""
				update incidents.delivery set state = :state, due_at = now(), held_by = null
				where id = any(:ids) and state = 'HELD'
				""").param("state", state).param("ids", ids(held)).update();
	}

	private static Map<UUID, Held> newestOfEach(List<Held> newestFirst) {
		Map<UUID, Held> newest = new LinkedHashMap<>();
		newestFirst.forEach((one) -> newest.putIfAbsent(one.incident(), one));
		return newest;
	}

	private static UUID[] ids(List<Held> held) {
		return held.stream().map(Held::id).toArray(UUID[]::new);
	}

	private static Held held(ResultSet rs, int row) throws SQLException {
		return new Held(rs.getObject("id", UUID.class), rs.getObject("incident_id", UUID.class),
				NotificationType.valueOf(rs.getString("type")), rs.getString("held_by"), rs.getString("title"),
				rs.getString("severity").toLowerCase(Locale.ROOT), rs.getString("status").toLowerCase(Locale.ROOT),
				rs.getBoolean("told"));
	}

	private record Held(UUID id, UUID incident, NotificationType type, String heldBy, String title, String severity,
			String status, boolean told) {

		boolean isActive() {
			return switch (this.status) {
				case "resolved", "closed", "merged" -> false;
				default -> true;
			};
		}

	}

}
