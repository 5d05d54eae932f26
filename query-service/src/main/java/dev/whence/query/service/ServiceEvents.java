package dev.whence.query.service;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import dev.whence.model.ProjectId;
import dev.whence.query.page.WorkerViews;
import dev.whence.query.service.ServiceDetail.ChangeMark;
import dev.whence.query.service.ServiceDetail.OpenIncident;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What befell services besides their telemetry: changes and incidents. */
@Repository
class ServiceEvents {

	/** Of one service. */
	private static final int MOST = 100;

	private static final String OPEN = "project_id = :project and state not in ('RESOLVED', 'CLOSED', 'MERGED')";

	private final JdbcClient jdbc;

	ServiceEvents(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** What was changed of a service, newest first. */
	List<ChangeMark> changes(ProjectId project, String service, Instant from, Instant to) {
		return WorkerViews.read(List.of(),
				() -> this.jdbc.sql("""
						select at, kind, what from incidents.change_event_view
						where project_id = :project and service = :service and at >= :from and at < :to
						order by at desc, id desc limit :most
						""")
					.param("project", project.value())
					.param("service", service)
					.param("from", from.atOffset(ZoneOffset.UTC))
					.param("to", to.atOffset(ZoneOffset.UTC))
					.param("most", MOST)
					.query((row, _) -> new ChangeMark(row.getTimestamp("at").toInstant(), row.getString("kind"),
							row.getString("what")))
					.list());
	}

	/** The incidents that affect a service and are not over, newest first. */
	List<OpenIncident> openIncidents(ProjectId project, String service) {
		return WorkerViews.read(List.of(),
				() -> this.jdbc.sql("""
						select id, title, severity from incidents.incident_life_view
						where %s and :service = any(affected_services) order by detected_at desc, id limit :most
						""".formatted(OPEN))
					.param("project", project.value())
					.param("service", service)
					.param("most", MOST)
					.query((row, _) -> new OpenIncident(row.getObject("id", UUID.class), row.getString("title"),
							row.getString("severity").toLowerCase(Locale.ROOT)))
					.list());
	}

	/** How many such incidents there are for each service that has any. */
	Map<String, Long> openIncidents(ProjectId project) {
		return WorkerViews.read(Map.of(), () -> {
			Map<String, Long> counts = new HashMap<>();
			this.jdbc
				.sql("""
						select service, count(*) from incidents.incident_life_view cross join unnest(affected_services) as service
						where %s group by service
						"""
					.formatted(OPEN))
				.param("project", project.value())
				.query((row) -> {
					counts.put(row.getString(1), row.getLong(2));
				});
			return counts;
		});
	}

}
