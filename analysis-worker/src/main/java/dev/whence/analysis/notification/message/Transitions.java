package dev.whence.analysis.notification.message;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads what happened to an incident since it was last asked for, from its append-only
 * history and its analyses. Both are written one after the other per incident, so that
 * nothing appears behind the mark.
 */
@Component
public class Transitions {

	private static final String WHENCE = "whence";

	private final JdbcClient jdbc;

	Transitions(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * How far an incident's transitions have been read.
	 *
	 * @param event the newest entry of its history
	 * @param analysisVersion the newest version that has an analysis
	 */
	public record Mark(long event, long analysisVersion) {

		static final Mark NONE = new Mark(0, 0);

	}

	/** Where the incident's mark is now. */
	public Mark mark(UUID incident) {
		return this.jdbc.sql("select event_id, analysis_version from incidents.notified where incident_id = :incident")
			.param("incident", incident)
			.query((rs, _) -> new Mark(rs.getLong(1), rs.getLong(2)))
			.optional()
			.orElse(Mark.NONE);
	}

	/**
	 * Sets the mark behind everything that there is, in the caller's transaction. To be
	 * called after reading: what came in between is left for the next time.
	 */
	public void advance(UUID incident, Mark mark) {
		this.jdbc.sql("""
				insert into incidents.notified (incident_id, event_id, analysis_version)
				values (:incident, :event, :version)
				on conflict (incident_id) do update
				set event_id = greatest(notified.event_id, excluded.event_id),
				    analysis_version = greatest(notified.analysis_version, excluded.analysis_version)
				""")
			.param("incident", incident)
			.param("event", mark.event())
			.param("version", mark.analysisVersion())
			.update();
	}

	/** Everything up to now. */
	public Mark end(UUID incident) {
		return this.jdbc.sql("""
				select coalesce((select max(id) from incidents.incident_event where incident_id = :incident), 0),
				       coalesce((select max(incident_version) from incidents.analysis where incident_id = :incident), 0)
				""").param("incident", incident).query((rs, _) -> new Mark(rs.getLong(1), rs.getLong(2))).single();
	}

	/**
	 * What happened between two marks, in order.
	 * @param atMost how long ago; nobody wants to hear of what is older
	 */
	public List<Transition> between(UUID incident, Mark from, Mark to, Duration atMost) {
		List<Transition> transitions = new ArrayList<>(events(incident, from, to, atMost));
		transitions.addAll(analyses(incident, from, to, atMost));
		transitions.sort(Comparator.comparing(Transition::at));
		return transitions;
	}

	/**
	 * Incidents whose mark is behind what happened between so long ago and a moment ago:
	 * the wire has had its time to tell.
	 */
	public List<Behind> behind(Duration within, Duration grace, int limit) {
		return this.jdbc.sql("""
				with recent as (
				    select incident_id, max(id) as event_id, 0 as version from incidents.incident_event
				    where at between now() - make_interval(secs => :within) and now() - make_interval(secs => :grace)
				    group by incident_id
				    union all
				    select incident_id, 0, max(incident_version) from incidents.analysis
				    where generated_at between now() - make_interval(secs => :within)
				                           and now() - make_interval(secs => :grace)
				    group by incident_id)
				select distinct i.project_id, i.id from recent r
				join incidents.incident i on i.id = r.incident_id
				left join incidents.notified n on n.incident_id = r.incident_id
				where n.incident_id is null or r.event_id > n.event_id or r.version > n.analysis_version
				limit :limit
				""")
			.param("within", within.toSeconds())
			.param("grace", grace.toSeconds())
			.param("limit", limit)
			.query((rs, _) -> new Behind(rs.getInt(1), rs.getObject(2, UUID.class)))
			.list();
	}

	/** An incident about which something may have to be said. */
	public record Behind(int project, UUID incident) {
	}

	private List<Transition> events(UUID incident, Mark from, Mark to, Duration atMost) {
		return this.jdbc
			.sql("""
					select id, change, before, at, actor, comment from (
					    select id, change, lag(change) over (order by id) as before, at, actor, comment
					    from incidents.incident_event
					    where incident_id = :incident
					      and change in ('opened', 'acknowledged', 'escalated', 'resolved', 'closed', 'reopened', 'regressed',
					                     'merged')) moves
					where id > :from and id <= :to and at > now() - make_interval(secs => :age)
					order by id
					""")
			.param("incident", incident)
			.param("from", from.event())
			.param("to", to.event())
			.param("age", atMost.toSeconds())
			.query(Transitions::event)
			.list()
			.stream()
			.flatMap(Optional::stream)
			.toList();
	}

	private static Optional<Transition> event(ResultSet rs, int row) throws SQLException {
		String key = "event:" + rs.getLong("id");
		String actor = rs.getString("actor");
		String comment = rs.getString("comment");
		OffsetDateTime at = rs.getObject("at", OffsetDateTime.class);
		return type(rs.getString("change"), rs.getString("before"))
			.map((type) -> new Transition(key, type, at.toInstant(), WHENCE.equals(actor) ? null : actor, comment));
	}

	private static Optional<NotificationType> type(String change, @Nullable String before) {
		return switch (change) {
			case "opened" -> Optional.of(NotificationType.OPENED);
			case "acknowledged" -> Optional.of(NotificationType.ACKNOWLEDGED);
			case "escalated" -> Optional.of(NotificationType.ESCALATED);
			case "resolved" -> Optional.of(NotificationType.RESOLVED);
			// Closing what is resolved is no news.
			case "closed" -> "resolved".equals(before) ? Optional.empty() : Optional.of(NotificationType.RESOLVED);
			case "merged" -> Optional.of(NotificationType.MERGED);
			default -> Optional.of(NotificationType.REGRESSED);
		};
	}

	// An analysis is news when it says something else than the one before: an incident
	// that grows is analysed again and again.
	private List<Transition> analyses(UUID incident, Mark from, Mark to, Duration atMost) {
		return this.jdbc
			.sql("""
					select incident_version, generated_at from (
					    select incident_version, generated_at, verdict, service,
					           lag(verdict) over by_version as verdict_before, lag(service) over by_version as service_before
					    from (select incident_version, generated_at, verdict,
					                 ai_explanation -> 'hypotheses' -> 0 ->> 'service' as service
					          from incidents.analysis where incident_id = :incident) a
					    window by_version as (order by incident_version)) answers
					where incident_version > :from and incident_version <= :to and service is not null
					  and (verdict, service) is distinct from (verdict_before, service_before)
					  and generated_at > now() - make_interval(secs => :age)
					order by incident_version
					""")
			.param("incident", incident)
			.param("from", from.analysisVersion())
			.param("to", to.analysisVersion())
			.param("age", atMost.toSeconds())
			.query((rs, _) -> new Transition("analysis:" + rs.getLong(1), NotificationType.CAUSE_FOUND,
					rs.getObject(2, OffsetDateTime.class).toInstant(), null, null))
			.list();
	}

}
