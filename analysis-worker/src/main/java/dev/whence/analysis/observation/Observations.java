package dev.whence.analysis.observation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.Objects;

import dev.whence.model.ProjectId;
import dev.whence.model.Severity;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The observations in PostgreSQL. */
@Component
public class Observations {

	private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {
	};

	private final JdbcClient jdbc;

	private final JsonMapper json;

	Observations(JdbcClient jdbc, JsonMapper json) {
		this.jdbc = jdbc;
		this.json = json;
	}

	/**
	 * Stores a firing, or brings the known one with this fingerprint and start up to
	 * date; an end that is known is not taken back.
	 * @return whether anything changed
	 */
	public boolean put(Observation observation) {
		return this.jdbc.sql("""
				insert into incidents.observation (project_id, source, fingerprint, name, service, operation, severity,
				                                   title, labels, annotations, starts_at, ends_at)
				values (:project, :source, :fingerprint, :name, :service, :operation, :severity, :title,
				        :labels::jsonb, :annotations::jsonb, :starts, :ends)
				on conflict (project_id, fingerprint, starts_at) do update
				set severity = excluded.severity, title = excluded.title, annotations = excluded.annotations,
				    ends_at = coalesce(excluded.ends_at, observation.ends_at), updated_at = now()
				where (observation.severity, observation.title, observation.annotations)
				      is distinct from (excluded.severity, excluded.title, excluded.annotations)
				   or excluded.ends_at is distinct from observation.ends_at and excluded.ends_at is not null
				""")
			.param("project", observation.project().value())
			.param("source", observation.source().name())
			.param("fingerprint", observation.fingerprint())
			.param("name", observation.name())
			.param("service", observation.service())
			.param("operation", observation.operation())
			.param("severity", observation.severity().name())
			.param("title", observation.title())
			.param("labels", this.json.writeValueAsString(observation.labels()))
			.param("annotations", this.json.writeValueAsString(observation.annotations()))
			.param("starts", utc(observation.startsAt()))
			.param("ends", (observation.endsAt() != null) ? utc(observation.endsAt()) : null)
			.update() == 1;
	}

	/** What fired at any time of the range, in the order of its start. */
	public List<Observation> between(ProjectId project, Instant from, Instant to, int limit) {
		return inRange("starts_at <= :to and coalesce(ends_at, starts_at) >= :from", project, from, to, limit);
	}

	/** Those that began to fire in a range of time, both ends included, oldest first. */
	public List<Observation> begunBetween(ProjectId project, Instant from, Instant to, int limit) {
		return inRange("starts_at between :from and :to", project, from, to, limit);
	}

	private List<Observation> inRange(String condition, ProjectId project, Instant from, Instant to, int limit) {
		return this.jdbc.sql("""
				select * from incidents.observation where project_id = :project and %s
				order by starts_at, fingerprint limit :limit
				""".formatted(condition))
			.param("project", project.value())
			.param("from", utc(from))
			.param("to", utc(to))
			.param("limit", limit)
			.query(this::observation)
			.list();
	}

	/** The firings of one thing, oldest first, the newest ones when there are more. */
	public List<Observation> of(ProjectId project, String fingerprint, int limit) {
		return this.jdbc.sql("""
				select * from (select * from incidents.observation
				               where project_id = :project and fingerprint = :fingerprint
				               order by starts_at desc limit :limit) newest
				order by starts_at
				""")
			.param("project", project.value())
			.param("fingerprint", fingerprint)
			.param("limit", limit)
			.query(this::observation)
			.list();
	}

	/** The newest firings that are part of an incident, in the order of their start. */
	public List<Observation> ofIncident(ProjectId project, UUID incident, int limit) {
		return this.jdbc.sql("""
				select * from (select o.* from incidents.observation_incident i
				               join incidents.observation o on o.id = i.observation_id
				               where o.project_id = :project and i.incident_id = :incident
				               order by o.starts_at desc limit :limit) newest
				order by starts_at, fingerprint
				""")
			.param("project", project.value())
			.param("incident", incident)
			.param("limit", limit)
			.query(this::observation)
			.list();
	}

	/** What of a source has not ended, in the order of its start. */
	public List<Observation> firing(ProjectId project, Source source, int limit) {
		return this.jdbc.sql("""
				select * from incidents.observation
				where project_id = :project and source = :source and ends_at is null
				order by starts_at, fingerprint limit :limit
				""")
			.param("project", project.value())
			.param("source", source.name())
			.param("limit", limit)
			.query(this::observation)
			.list();
	}

	Observation observation(ResultSet row, int number) throws SQLException {
		return new Observation(new ProjectId(row.getInt("project_id")), Source.valueOf(row.getString("source")),
				row.getString("fingerprint"), row.getString("name"), row.getString("service"),
				row.getString("operation"), Severity.valueOf(row.getString("severity")), row.getString("title"),
				this.json.readValue(row.getString("labels"), TEXTS),
				this.json.readValue(row.getString("annotations"), TEXTS), instant(row, "starts_at"),
				(row.getObject("ends_at") != null) ? instant(row, "ends_at") : null);
	}

	private static Instant instant(ResultSet row, String column) throws SQLException {
		return row.getObject(column, OffsetDateTime.class).toInstant();
	}

	String json(Map<String, String> texts) {
		return this.json.writeValueAsString(texts);
	}

	static OffsetDateTime utc(@Nullable Instant time) {
		return Objects.requireNonNull(time).atOffset(ZoneOffset.UTC);
	}

}
