package dev.whence.query.incident;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.whence.model.ProjectId;
import dev.whence.query.page.WorkerViews;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads the analyses of an incident and what people said about them. */
@Repository
class AnalysisQueries {

	private static final int MOST_ANALYSES = 100;

	private static final int MOST_FEEDBACK = 500;

	private final JdbcClient jdbc;

	AnalysisQueries(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * The analysis of one version.
	 * @param version null for the newest that was analysed
	 */
	Optional<AnalysisView> analysis(ProjectId project, UUID incident, @Nullable Long version) {
		return WorkerViews.read(Optional.empty(), () -> this.jdbc
			.sql("""
					select id, incident_id, incident_version, root_cause, verdict, confidence_score, evidence_signals,
					       ai_explanation::text as explanation, ai_explanation ->> 'method_version' as method_version, generated_at
					  from incidents.analysis_view
					 where project_id = :project and incident_id = :incident
					   and incident_version = coalesce(cast(:version as bigint), incident_version)
					 order by incident_version desc
					 limit 1
					""")
			.param("project", project.value())
			.param("incident", incident)
			.param("version", version)
			.query((row, _) -> new AnalysisView(row.getObject("id", UUID.class),
					row.getObject("incident_id", UUID.class), row.getString("root_cause"),
					row.getDouble("confidence_score"), List.of((UUID[]) row.getArray("evidence_signals").getArray()),
					row.getString("explanation"), Columns.time(row, "generated_at"), row.getString("verdict"),
					row.getLong("incident_version"), row.getString("method_version"),
					feedback(project, incident).getOrDefault(row.getLong("incident_version"), List.of())))
			.optional());
	}

	/** All of them, newest first; empty when the project has no such incident. */
	Optional<List<AnalysisSummary>> analyses(ProjectId project, UUID incident) {
		return WorkerViews.read(Optional.empty(), () -> {
			boolean known = this.jdbc
				.sql("select count(*) from incidents.incident_life_view where project_id = :project and id = :incident")
				.param("project", project.value())
				.param("incident", incident)
				.query(Long.class)
				.single() == 1;
			return known ? Optional.of(summaries(project, incident)) : Optional.empty();
		});
	}

	private List<AnalysisSummary> summaries(ProjectId project, UUID incident) {
		Map<Long, List<FeedbackView>> feedback = feedback(project, incident);
		return this.jdbc.sql("""
				select id, incident_version, attempt, verdict, confidence_score, generated_at,
				       ai_explanation ->> 'method_version' as method_version,
				       ai_explanation #>> '{hypotheses,0,service}' as cause
				  from incidents.analysis_history_view
				 where project_id = :project and incident_id = :incident
				 order by incident_version desc limit :most
				""")
			.param("project", project.value())
			.param("incident", incident)
			.param("most", MOST_ANALYSES)
			.query((row, _) -> new AnalysisSummary(row.getObject("id", UUID.class), row.getLong("incident_version"),
					row.getLong("attempt"), row.getString("method_version"), row.getString("verdict"),
					row.getDouble("confidence_score"), Columns.time(row, "generated_at"), row.getString("cause"),
					feedback.getOrDefault(row.getLong("incident_version"), List.of())))
			.list();
	}

	private Map<Long, List<FeedbackView>> feedback(ProjectId project, UUID incident) {
		return this.jdbc.sql("""
				select id, incident_version, correct, service, note, actor, at
				  from incidents.analysis_feedback_view
				 where project_id = :project and incident_id = :incident and latest
				 order by at desc, id limit :most
				""")
			.param("project", project.value())
			.param("incident", incident)
			.param("most", MOST_FEEDBACK)
			.query((row, _) -> new FeedbackView(row.getObject("id", UUID.class), row.getLong("incident_version"),
					row.getBoolean("correct"), row.getString("service"), row.getString("note"), row.getString("actor"),
					Columns.time(row, "at")))
			.list()
			.stream()
			.collect(Collectors.groupingBy(FeedbackView::incidentVersion));
	}

}
