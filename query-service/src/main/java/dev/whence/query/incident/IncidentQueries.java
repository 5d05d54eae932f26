package dev.whence.query.incident;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

import dev.whence.model.ProjectId;
import dev.whence.query.incident.IncidentDetail.Change;
import dev.whence.query.incident.IncidentDetail.ProblemKind;
import dev.whence.query.incident.IncidentDetail.TraceShare;

import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads the views of the schema {@code incidents}, which the analysis worker's migrations
 * define. Where the worker was never started there are none, and so there are no
 * incidents.
 */
@Repository
class IncidentQueries {

	private static final String UNDEFINED_TABLE = "42P01";

	/** How many parts of one kind an incident is shown with. */
	private static final int MOST_PARTS = 200;

	private final JdbcClient jdbc;

	IncidentQueries(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** The incidents that match, newest first. */
	List<IncidentView> search(ProjectId project, IncidentFilter filter, int limit, int offset) {
		Condition condition = Condition.of(project, filter);
		return whereWorkerHasBeen(List.of(),
				() -> this.jdbc.sql("""
						select id, trace_id, status, severity, title, detected_at, resolved_at, first_seen, last_seen,
						       affected_services, error_count, version, analyzed_version
						  from incidents.incident_view
						 where %s
						 order by detected_at desc, id
						 limit :limit offset :offset
						""".formatted(condition.where()))
					.params(condition.parameters())
					.param("limit", limit)
					.param("offset", offset)
					.query(IncidentQueries::incident)
					.list());
	}

	/** How many match, counted no further than {@code most}. */
	long count(ProjectId project, IncidentFilter filter, long most) {
		Condition condition = Condition.of(project, filter);
		return whereWorkerHasBeen(0L,
				() -> this.jdbc.sql("""
						select count(*) from (select 1 from incidents.incident_view where %s limit :most) counted
						""".formatted(condition.where()))
					.params(condition.parameters())
					.param("most", most)
					.query(Long.class)
					.single());
	}

	Optional<IncidentDetail> find(ProjectId project, UUID id) {
		return whereWorkerHasBeen(Optional.empty(),
				() -> this.jdbc.sql("""
						select id, trace_id, status, severity, title, detected_at, resolved_at, first_seen, last_seen,
						       affected_services, error_count, version, analyzed_version
						  from incidents.incident_view
						 where project_id = :project and id = :id
						""")
					.param("project", project.value())
					.param("id", id)
					.query(IncidentQueries::incident)
					.optional()
					.map((incident) -> new IncidentDetail(incident, problems(project, id), traces(project, id),
							events(project, id))));
	}

	/** The analysis of the incident's newest analysed version. */
	Optional<AnalysisView> analysis(ProjectId project, UUID incident) {
		return whereWorkerHasBeen(Optional.empty(), () -> this.jdbc.sql("""
				select id, incident_id, incident_version, root_cause, verdict, confidence_score, evidence_signals,
				       ai_explanation::text as explanation, generated_at
				  from incidents.analysis_view
				 where project_id = :project and incident_id = :incident
				 order by incident_version desc
				 limit 1
				""")
			.param("project", project.value())
			.param("incident", incident)
			.query((row, _) -> new AnalysisView(row.getObject("id", UUID.class),
					row.getObject("incident_id", UUID.class), row.getString("root_cause"),
					row.getDouble("confidence_score"), List.of((UUID[]) row.getArray("evidence_signals").getArray()),
					row.getString("explanation"), instant(row, "generated_at"), row.getString("verdict"),
					row.getLong("incident_version")))
			.optional());
	}

	private List<ProblemKind> problems(ProjectId project, UUID incident) {
		return this.jdbc.sql("""
				select fingerprint, service, title, severity, signals, first_seen, last_seen, reason
				  from incidents.incident_problem_view
				 where project_id = :project and incident_id = :incident
				 order by first_seen, fingerprint
				 limit :most
				""")
			.param("project", project.value())
			.param("incident", incident)
			.param("most", MOST_PARTS)
			.query((row, _) -> new ProblemKind(row.getString("fingerprint"), row.getString("service"),
					row.getString("title"), lowerCase(row.getString("severity")), row.getLong("signals"),
					instant(row, "first_seen"), instant(row, "last_seen"), row.getString("reason")))
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

	private List<Change> events(ProjectId project, UUID incident) {
		return this.jdbc.sql("""
				select at, change, version, actor, comment
				  from (select id, at, change, version, actor, comment
				          from incidents.incident_event_view
				         where project_id = :project and incident_id = :incident
				         order by id desc
				         limit :most) newest
				 order by id
				""")
			.param("project", project.value())
			.param("incident", incident)
			.param("most", MOST_PARTS)
			.query((row, _) -> new Change(instant(row, "at"), row.getString("change"), row.getLong("version"),
					row.getString("actor"), row.getString("comment")))
			.list();
	}

	private static <T> T whereWorkerHasBeen(T otherwise, Supplier<T> query) {
		try {
			return query.get();
		}
		catch (BadSqlGrammarException ex) {
			if (ex.getRootCause() instanceof SQLException cause && UNDEFINED_TABLE.equals(cause.getSQLState())) {
				return otherwise;
			}
			throw ex;
		}
	}

	private static IncidentView incident(ResultSet row, int number) throws SQLException {
		Timestamp resolved = row.getTimestamp("resolved_at");
		return new IncidentView(row.getObject("id", UUID.class), row.getString("trace_id"),
				lowerCase(row.getString("status")), lowerCase(row.getString("severity")), instant(row, "detected_at"),
				(resolved != null) ? resolved.toInstant() : null,
				List.of((String[]) row.getArray("affected_services").getArray()), row.getDouble("error_count"),
				row.getString("title"), instant(row, "first_seen"), instant(row, "last_seen"), row.getLong("version"),
				row.getLong("analyzed_version"));
	}

	private static Instant instant(ResultSet row, String column) throws SQLException {
		return row.getTimestamp(column).toInstant();
	}

	private static String lowerCase(String text) {
		return text.toLowerCase(Locale.ROOT);
	}

	private record Condition(String where, Map<String, Object> parameters) {

		static Condition of(ProjectId project, IncidentFilter filter) {
			List<String> terms = new ArrayList<>(List.of("project_id = :project"));
			Map<String, Object> parameters = new HashMap<>(Map.of("project", project.value()));
			if (filter.status() != null) {
				terms.add("status = :status");
				parameters.put("status", filter.status().name());
			}
			if (filter.severity() != null) {
				terms.add("severity = :severity");
				parameters.put("severity", filter.severity().name());
			}
			if (filter.trace() != null) {
				terms.add("""
						id in (select incident_id from incidents.incident_trace_view
						        where project_id = :project and trace_id = :trace)""");
				parameters.put("trace", filter.trace().value());
			}
			if (filter.service() != null) {
				terms.add(":service = any(affected_services)");
				parameters.put("service", filter.service());
			}
			return new Condition(String.join(" and ", terms), parameters);
		}

	}

}
