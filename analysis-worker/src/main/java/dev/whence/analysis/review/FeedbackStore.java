package dev.whence.analysis.review;

import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

import dev.whence.analysis.incident.Author;
import dev.whence.model.ProjectId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps what people say about analyses, for ever. Who says the same twice in a row has
 * said it once.
 */
@Component
class FeedbackStore {

	private final JdbcClient jdbc;

	FeedbackStore(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * @param version of the incident whose analysis is meant; null for the newest one
	 * @return empty when there is no such analysis
	 */
	Optional<Feedback> put(ProjectId project, UUID incident, @Nullable Long version, boolean right,
			@Nullable String service, @Nullable String note, Author author) {
		return this.jdbc
			.sql("""
					with judged as (
					    select id, incident_version from incidents.analysis
					    where project_id = :project and incident_id = :incident
					      and incident_version = coalesce(cast(:version as bigint), incident_version)
					    order by incident_version desc limit 1),
					said as (
					    select f.id, f.incident_version, f.correct, f.service, f.note, f.actor, f.at
					    from incidents.analysis_feedback f join judged on judged.id = f.analysis_id
					    where f.actor = :actor order by f.at desc, f.id desc limit 1),
					same as (
					    select * from said where correct = :right and service is not distinct from cast(:service as text)
					      and note is not distinct from cast(:note as text)),
					added as (
					    insert into incidents.analysis_feedback (id, project_id, analysis_id, incident_id, incident_version,
					                                             correct, service, note, actor, credential)
					    select gen_random_uuid(), :project, id, :incident, incident_version, :right, :service, :note, :actor,
					           :credential
					    from judged where not exists (select 1 from same)
					    returning id, incident_version, correct, service, note, actor, at)
					select * from added union all select * from same
					""")
			.param("project", project.value())
			.param("incident", incident)
			.param("version", version)
			.param("right", right)
			.param("service", service)
			.param("note", note)
			.param("actor", author.name())
			.param("credential", author.credential())
			.query((rs, _) -> new Feedback(rs.getObject("id", UUID.class), rs.getLong("incident_version"),
					rs.getBoolean("correct"), rs.getString("service"), rs.getString("note"), rs.getString("actor"),
					rs.getObject("at", OffsetDateTime.class).toInstant()))
			.optional();
	}

}
