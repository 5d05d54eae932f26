package dev.whence.query.incident;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import dev.whence.model.ProjectId;
import dev.whence.query.incident.IncidentDetail.Event;
import dev.whence.query.incident.IncidentDetail.ProblemKind;
import dev.whence.query.incident.IncidentDetail.TimelineEntry;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Puts what an incident is about on one axis: when its trouble began, when each problem
 * was first seen, what was changed shortly before and during it, what people did, and
 * when its cause was found.
 */
@Repository
class Timeline {

	/**
	 * Changes that old are shown although the trouble began after them: a fault needs
	 * load, a full cache or the top of an hour to show.
	 */
	private static final Duration CHANGES_BEFORE = Duration.ofHours(2);

	private static final int MOST_CHANGES = 50;

	private static final int MOST_ANALYSES = 50;

	private final JdbcClient jdbc;

	Timeline(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	List<TimelineEntry> of(ProjectId project, IncidentView incident, List<ProblemKind> problems, List<Event> events) {
		List<TimelineEntry> entries = new ArrayList<>();
		entries.add(new TimelineEntry(incident.firstSeen(), "anomaly", "first sign of trouble",
				problems.isEmpty() ? null : problems.getFirst().service(), null, null, null, null));
		problems.forEach((problem) -> entries.add(new TimelineEntry(problem.firstSeen(), "problem", problem.title(),
				problem.service(), null, null, null, null)));
		entries.addAll(changes(project, incident));
		events.stream()
			.filter((event) -> !"analyzed".equals(event.change()))
			.forEach((event) -> entries.add(new TimelineEntry(event.at(), "action", event.change(), null, event.actor(),
					null, event.comment(), event.version())));
		entries.addAll(analyses(project, incident.id()));
		entries.sort(Comparator.comparing(TimelineEntry::at));
		return entries;
	}

	private List<TimelineEntry> changes(ProjectId project, IncidentView incident) {
		Instant end = Objects.requireNonNullElse(incident.resolvedAt(), incident.lastSeen());
		return this.jdbc.sql("""
				select * from (
				    select id, at, kind, what, service, link from incidents.change_event_view
				     where project_id = :project and at >= :from and at <= :to and service = any(:services)
				     order by at desc, id desc limit :most) newest
				 order by at, id
				""")
			.param("project", project.value())
			.param("from", incident.firstSeen().minus(CHANGES_BEFORE).atOffset(ZoneOffset.UTC))
			.param("to", (end.isAfter(incident.lastSeen()) ? end : incident.lastSeen()).atOffset(ZoneOffset.UTC))
			.param("services", incident.affectedServices().toArray(String[]::new))
			.param("most", MOST_CHANGES)
			.query((row, _) -> new TimelineEntry(Columns.time(row, "at"), "change", row.getString("what"),
					row.getString("service"), null, row.getString("link"), row.getString("kind"), null))
			.list();
	}

	private List<TimelineEntry> analyses(ProjectId project, UUID incident) {
		return this.jdbc.sql("""
				select generated_at, verdict, incident_version, ai_explanation #>> '{hypotheses,0,service}' as cause
				  from incidents.analysis_view
				 where project_id = :project and incident_id = :incident
				 order by incident_version desc limit :most
				""")
			.param("project", project.value())
			.param("incident", incident)
			.param("most", MOST_ANALYSES)
			.query((row, _) -> new TimelineEntry(Columns.time(row, "generated_at"), "analysis",
					row.getString("verdict"), row.getString("cause"), null, null, null,
					row.getLong("incident_version")))
			.list();
	}

}
