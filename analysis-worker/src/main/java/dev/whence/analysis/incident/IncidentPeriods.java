package dev.whence.analysis.incident;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

import dev.whence.model.ProjectId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** When a project had incidents. */
@Component
public class IncidentPeriods {

	/** Trouble that lasts longer has become part of how the system is. */
	private static final String SMOULDERS = "2 hours";

	private final JdbcClient jdbc;

	IncidentPeriods(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * One incident's time.
	 *
	 * @param alerted whether an alert is part of it; incidents of nothing but errors and
	 * deviations may be a system's usual noise
	 * @param handled whether a person did anything about it
	 */
	public record Period(UUID incident, Instant firstSeen, Instant lastSeen, boolean alerted, boolean handled) {
	}

	/**
	 * The incidents of the range but for one, the newest ones, oldest first. Of one that
	 * smouldered for hours only the times in which alerts fired count.
	 */
	public List<Period> others(ProjectId project, UUID except, Instant from, Instant to, int limit) {
		return this.jdbc.sql("""
				select newest.id, part.began, part.ended, newest.alerted, newest.handled from (
				    select i.id, i.first_seen, i.last_seen,
				           exists (select from incidents.observation_incident oi
				                   join incidents.observation o on o.id = oi.observation_id
				                   where oi.incident_id = i.id and o.source = 'ALERT') as alerted,
				           exists (select from incidents.incident_event e
				                   where e.incident_id = i.id and e.credential is not null) as handled
				    from incidents.incident i
				    where i.project_id = :project and i.id <> :except and i.last_seen >= :from and i.first_seen <= :to
				    order by i.first_seen desc, i.id limit :limit) newest
				cross join lateral (
				    select newest.first_seen as began, newest.last_seen as ended
				    where not newest.alerted or newest.last_seen - newest.first_seen <= :smoulders::interval
				    union all
				    select o.starts_at, coalesce(o.ends_at, newest.last_seen) from incidents.observation_incident oi
				    join incidents.observation o on o.id = oi.observation_id
				    where oi.incident_id = newest.id and o.source = 'ALERT' and newest.alerted
				      and newest.last_seen - newest.first_seen > :smoulders::interval) part
				order by part.began, newest.id
				""")
			.param("project", project.value())
			.param("except", except)
			.param("from", utc(from))
			.param("to", utc(to))
			.param("smoulders", SMOULDERS)
			.param("limit", limit)
			.query((rs, _) -> new Period(rs.getObject(1, UUID.class), instant(rs.getObject(2, OffsetDateTime.class)),
					instant(rs.getObject(3, OffsetDateTime.class)), rs.getBoolean(4), rs.getBoolean(5)))
			.list();
	}

	private static Instant instant(OffsetDateTime time) {
		return time.toInstant();
	}

	private static OffsetDateTime utc(Instant time) {
		return time.atOffset(ZoneOffset.UTC);
	}

}
