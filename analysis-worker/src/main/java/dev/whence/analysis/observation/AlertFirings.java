package dev.whence.analysis.observation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import dev.whence.model.ProblemSubject;
import dev.whence.model.ProjectId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The firings of alerts in PostgreSQL. They are observations like any other; beside them
 * it is kept until when a firing counts without being reported again.
 */
@Component
public class AlertFirings {

	private static final String COLUMNS = """
			o.*, i.incident_id from incidents.observation o
			left join incidents.observation_incident i on i.observation_id = o.id
			""";

	private final JdbcClient jdbc;

	private final Observations observations;

	AlertFirings(JdbcClient jdbc, Observations observations) {
		this.jdbc = jdbc;
		this.observations = observations;
	}

	/** Serialises reports within a project until the transaction ends. */
	public void lock(ProjectId project) {
		this.jdbc.sql("select pg_advisory_xact_lock(hashtext('whence.alert'), :project)")
			.param("project", project.value())
			.query((_, _) -> true)
			.single();
	}

	/**
	 * The firings of these alerts that touch the range, and all that have not ended,
	 * oldest first.
	 */
	public List<Firing> touching(ProjectId project, Collection<String> fingerprints, Instant from, Instant to) {
		return this.jdbc.sql("select " + COLUMNS + """
				where o.project_id = :project and o.source = 'ALERT' and o.fingerprint = any(:fingerprints)
				  and (o.ends_at is null or o.ends_at >= :from and o.starts_at <= :to)
				order by o.starts_at, o.id
				""")
			.param("project", project.value())
			.param("fingerprints", fingerprints.toArray(String[]::new))
			.param("from", Observations.utc(from))
			.param("to", Observations.utc(to))
			.query(this::firing)
			.list();
	}

	/** What fires now, newest first. */
	public List<Firing> active(ProjectId project, Instant now, int limit) {
		return this.jdbc.sql("select " + COLUMNS + """
				where o.project_id = :project and o.source = 'ALERT' and o.ends_at is null
				  and (o.expires_at is null or o.expires_at > :now)
				order by o.starts_at desc, o.id desc limit :limit
				""")
			.param("project", project.value())
			.param("now", Observations.utc(now))
			.param("limit", limit)
			.query(this::firing)
			.list();
	}

	/** Stores a new firing, or the new state of a known one. */
	public Firing put(Firing firing) {
		Observation observation = firing.observation();
		Long id = firing.id();
		if (id == null) {
			this.observations.put(observation);
			id = this.jdbc.sql("""
					select id from incidents.observation
					where project_id = :project and fingerprint = :fingerprint and starts_at = :starts
					""")
				.param("project", observation.project().value())
				.param("fingerprint", observation.fingerprint())
				.param("starts", Observations.utc(observation.startsAt()))
				.query(Long.class)
				.single();
		}
		this.jdbc.sql("""
				update incidents.observation
				set name = :name, service = :service, operation = :operation, severity = :severity, title = :title,
				    annotations = :annotations::jsonb, starts_at = :starts, ends_at = :ends, expires_at = :expires,
				    generator_url = :generator, updated_at = now()
				where id = :id
				""")
			.param("name", observation.name())
			.param("service", observation.service())
			.param("operation", observation.operation())
			.param("severity", observation.severity().name())
			.param("title", observation.title())
			.param("annotations", this.observations.json(observation.annotations()))
			.param("starts", Observations.utc(observation.startsAt()))
			.param("ends", utc(observation.endsAt()))
			.param("expires", utc(firing.expiresAt()))
			.param("generator", firing.generatorUrl())
			.param("id", id)
			.update();
		return new Firing(id, observation, firing.generatorUrl(), firing.expiresAt(), firing.updatedAt(),
				firing.incident());
	}

	/**
	 * Ends what nobody has reported for too long.
	 * @return what ended
	 */
	public List<Expired> expire(Instant now, int limit) {
		return this.jdbc.sql("""
				update incidents.observation set ends_at = expires_at, updated_at = now()
				where id in (select id from incidents.observation
				             where ends_at is null and expires_at <= :now
				             order by expires_at limit :limit for update skip locked)
				returning project_id, fingerprint
				""")
			.param("now", Observations.utc(now))
			.param("limit", limit)
			.query((rs, _) -> new Expired(new ProjectId(rs.getInt(1)),
					new ProblemSubject(ProblemSubject.Kind.OBSERVATION, rs.getString(2))))
			.list();
	}

	private Firing firing(ResultSet row, int number) throws SQLException {
		OffsetDateTime expires = row.getObject("expires_at", OffsetDateTime.class);
		return new Firing(row.getLong("id"), this.observations.observation(row, number), row.getString("generator_url"),
				(expires != null) ? expires.toInstant() : null,
				row.getObject("updated_at", OffsetDateTime.class).toInstant(),
				row.getObject("incident_id", UUID.class));
	}

	private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
		return (time != null) ? Observations.utc(time) : null;
	}

	/** A subject whose firing ended by itself. */
	public record Expired(ProjectId project, ProblemSubject subject) {
	}

}
