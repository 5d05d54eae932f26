package dev.whence.query.incident;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import dev.whence.model.ProjectId;
import dev.whence.query.incident.IncidentDetail.Event;
import dev.whence.query.incident.IncidentDetail.Member;
import dev.whence.query.incident.IncidentDetail.Merged;
import dev.whence.query.incident.IncidentDetail.ProblemKind;
import dev.whence.query.incident.IncidentDetail.SeenBefore;
import dev.whence.query.incident.IncidentDetail.TraceShare;
import dev.whence.query.page.WorkerViews;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads one incident with what it is made of, each part bounded. */
@Repository
class IncidentDetailQueries {

	/** How many parts of one kind an incident is shown with. */
	private static final int MOST_PARTS = 200;

	/** Earlier incidents beyond these say nothing more. */
	private static final int MOST_SEEN_BEFORE = 10;

	private final JdbcClient jdbc;

	private final Timeline timeline;

	IncidentDetailQueries(JdbcClient jdbc, Timeline timeline) {
		this.jdbc = jdbc;
		this.timeline = timeline;
	}

	Optional<IncidentDetail> find(ProjectId project, UUID id) {
		return WorkerViews.read(Optional.empty(),
				() -> this.jdbc.sql("""
						select %s from incidents.incident_life_view where project_id = :project and id = :id
						""".formatted(IncidentView.COLUMNS))
					.param("project", project.value())
					.param("id", id)
					.query(IncidentView::of)
					.optional()
					.map((incident) -> detail(project, incident)));
	}

	private IncidentDetail detail(ProjectId project, IncidentView incident) {
		UUID id = incident.id();
		List<ProblemKind> problems = problems(project, id);
		List<Event> events = events(project, id);
		return new IncidentDetail(incident, problems, traces(project, id), events, members(project, id),
				mergedFrom(project, id), this.timeline.of(project, incident, problems, events),
				seenBefore(project, id));
	}

	private List<ProblemKind> problems(ProjectId project, UUID incident) {
		return this.jdbc
			.sql("""
					select p.fingerprint, p.service, p.title, p.severity, p.signals, p.first_seen, p.last_seen, p.reason, s.state
					  from incidents.incident_problem_view p
					  left join incidents.problem_view s on s.project_id = p.project_id and s.fingerprint = p.fingerprint
					 where p.project_id = :project and p.incident_id = :incident
					 order by p.first_seen, p.fingerprint
					 limit :most
					""")
			.param("project", project.value())
			.param("incident", incident)
			.param("most", MOST_PARTS)
			.query((row, _) -> new ProblemKind(row.getString("fingerprint"), row.getString("service"),
					row.getString("title"), Columns.lowerCase(row, "severity"), row.getLong("signals"),
					Columns.time(row, "first_seen"), Columns.time(row, "last_seen"), row.getString("reason"),
					Optional.ofNullable(row.getString("state"))
						.map((state) -> state.toLowerCase(Locale.ROOT))
						.orElse(null)))
			.list();
	}

	private List<TraceShare> traces(ProjectId project, UUID incident) {
		return this.jdbc.sql("""
				select trace_id, signal_count
				  from incidents.incident_trace_view
				 where project_id = :project and incident_id = :incident
				 order by signal_count desc, trace_id
				 limit :most
				""")
			.param("project", project.value())
			.param("incident", incident)
			.param("most", MOST_PARTS)
			.query((row, _) -> new TraceShare(row.getString("trace_id"), row.getLong("signal_count")))
			.list();
	}

	private List<Event> events(ProjectId project, UUID incident) {
		return this.jdbc.sql("""
				select event_id, at, change, version, actor, comment, credential, detail::text as detail
				  from (select * from incidents.incident_event_view
				         where project_id = :project and incident_id = :incident
				         order by id desc
				         limit :most) newest
				 order by id
				""")
			.param("project", project.value())
			.param("incident", incident)
			.param("most", MOST_PARTS)
			.query((row, _) -> new Event(row.getObject("event_id", UUID.class), Columns.time(row, "at"),
					row.getString("change"), row.getLong("version"), row.getString("actor"), row.getString("comment"),
					row.getString("credential"), row.getString("detail")))
			.list();
	}

	private List<Member> members(ProjectId project, UUID incident) {
		return this.jdbc
			.sql("""
					select subject_kind, subject, fingerprint, service, title, severity, origin, signals, first_seen, last_seen,
					       reason, rule, matched::text as matched, pinned
					  from incidents.incident_member_view
					 where project_id = :project and incident_id = :incident
					 order by first_seen, subject, fingerprint
					 limit :most
					""")
			.param("project", project.value())
			.param("incident", incident)
			.param("most", MOST_PARTS)
			.query((row, _) -> new Member(Columns.lowerCase(row, "subject_kind"), row.getString("subject"),
					row.getString("fingerprint"), row.getString("service"), row.getString("title"),
					Columns.lowerCase(row, "severity"), row.getBoolean("origin"), row.getLong("signals"),
					Columns.time(row, "first_seen"), Columns.time(row, "last_seen"), row.getString("reason"),
					row.getString("rule"), row.getString("matched"), row.getBoolean("pinned")))
			.list();
	}

	private List<Merged> mergedFrom(ProjectId project, UUID incident) {
		return this.jdbc.sql("""
				select id, title, resolved_at from incidents.incident_life_view
				 where project_id = :project and merged_into = :incident order by detected_at, id limit :most
				""")
			.param("project", project.value())
			.param("incident", incident)
			.param("most", MOST_PARTS)
			.query((row, _) -> new Merged(row.getObject("id", UUID.class), row.getString("title"),
					Columns.timeOrNull(row, "resolved_at")))
			.list();
	}

	// Symptoms are shared by different faults; what it began with is not.
	private List<SeenBefore> seenBefore(ProjectId project, UUID incident) {
		return this.jdbc.sql("""
				with origins as (
				    select distinct fingerprint from incidents.incident_member_view
				     where project_id = :project and incident_id = :incident and origin),
				earlier as (
				    select m.incident_id, count(distinct m.fingerprint) as shared
				      from incidents.incident_member_view m join origins o on o.fingerprint = m.fingerprint
				     where m.project_id = :project and m.incident_id <> :incident and m.origin
				     group by m.incident_id)
				select i.id, i.title, i.detected_at, i.resolved_at, i.state, e.shared, r.actor, r.comment
				  from earlier e
				  join incidents.incident_life_view i on i.id = e.incident_id and i.project_id = :project
				  left join lateral (select actor, comment from incidents.incident_event_view ev
				                      where ev.incident_id = i.id and ev.change in ('resolved', 'closed')
				                      order by ev.id desc limit 1) r on true
				 where i.detected_at < (select detected_at from incidents.incident_life_view
				                         where id = :incident and project_id = :project)
				   and i.merged_into is distinct from :incident
				 order by i.detected_at desc, i.id limit :most
				""")
			.param("project", project.value())
			.param("incident", incident)
			.param("most", MOST_SEEN_BEFORE)
			.query((row, _) -> new SeenBefore(row.getObject("id", UUID.class), row.getString("title"),
					Columns.time(row, "detected_at"), Columns.timeOrNull(row, "resolved_at"),
					Columns.lowerCase(row, "state"), row.getInt("shared"), row.getString("actor"),
					row.getString("comment")))
			.list();
	}

}
