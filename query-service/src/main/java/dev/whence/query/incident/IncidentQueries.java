package dev.whence.query.incident;

import java.sql.Array;
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
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads {@code incidents.incident_view} and {@code incidents.analysis_view}, which the
 * analysis worker's migrations define. Where the worker was never started there are none,
 * and so there are no incidents.
 */
@Repository
class IncidentQueries {

	private static final String UNDEFINED_TABLE = "42P01";

	private final JdbcClient jdbc;

	IncidentQueries(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** The incidents that match, newest first. */
	List<IncidentView> search(ProjectId project, IncidentFilter filter, int limit, int offset) {
		Condition condition = Condition.of(project, filter);
		return whereWorkerHasBeen(List.of(), () -> this.jdbc.sql("""
				select id, trace_id, status, severity, title, detected_at, resolved_at, affected_services, error_count
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

	Optional<IncidentView> find(ProjectId project, UUID id) {
		return whereWorkerHasBeen(Optional.empty(), () -> this.jdbc.sql("""
				select id, trace_id, status, severity, title, detected_at, resolved_at, affected_services, error_count
				  from incidents.incident_view
				 where project_id = :project and id = :id
				""").param("project", project.value()).param("id", id).query(IncidentQueries::incident).optional());
	}

	/** The analysis of the incident's newest analysed version. */
	Optional<AnalysisView> analysis(ProjectId project, UUID incident) {
		return whereWorkerHasBeen(Optional.empty(),
				() -> this.jdbc.sql("""
						select id, incident_id, root_cause, confidence_score, evidence_signals,
						       ai_explanation::text as ai_explanation, generated_at
						  from incidents.analysis_view
						 where project_id = :project and incident_id = :incident
						 order by incident_version desc
						 limit 1
						""")
					.param("project", project.value())
					.param("incident", incident)
					.query(IncidentQueries::analysis)
					.optional());
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
		return new IncidentView(row.getObject("id", UUID.class), row.getString("trace_id"),
				lowerCase(row.getString("status")), lowerCase(row.getString("severity")),
				row.getTimestamp("detected_at").toInstant(), instant(row.getTimestamp("resolved_at")),
				List.of((String[]) row.getArray("affected_services").getArray()), row.getDouble("error_count"),
				row.getString("title"));
	}

	private static AnalysisView analysis(ResultSet row, int number) throws SQLException {
		Array evidence = row.getArray("evidence_signals");
		return new AnalysisView(row.getObject("id", UUID.class), row.getObject("incident_id", UUID.class),
				row.getString("root_cause"), row.getDouble("confidence_score"), List.of((UUID[]) evidence.getArray()),
				row.getString("ai_explanation"), row.getTimestamp("generated_at").toInstant());
	}

	private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
		return (timestamp != null) ? timestamp.toInstant() : null;
	}

	private static String lowerCase(String text) {
		return text.toLowerCase(Locale.ROOT);
	}

	private record Condition(String where, Map<String, Object> parameters) {

		static Condition of(ProjectId project, IncidentFilter filter) {
			List<String> terms = new ArrayList<>(List.of("project_id = :project"));
			Map<String, Object> parameters = new HashMap<>(Map.of("project", project.value()));
			if (filter.status() != null) {
				terms.add("upper(status) = :status");
				parameters.put("status", filter.status().name());
			}
			if (filter.severity() != null) {
				terms.add("upper(severity) = :severity");
				parameters.put("severity", filter.severity().name());
			}
			if (filter.trace() != null) {
				terms.add("trace_id = :trace");
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
