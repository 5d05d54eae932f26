package dev.whence.analysis.detection;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.whence.model.ProjectId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What deviates in each project, and which minutes are to be looked at. */
@Component
class Standings {

	private final JdbcClient jdbc;

	Standings(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Lets one at a time look at the project's minutes, until the transaction ends. */
	void lock(ProjectId project) {
		this.jdbc.sql("select pg_advisory_xact_lock(hashtext('whence.detection'), :project)")
			.param("project", project.value())
			.query((_, _) -> true)
			.single();
	}

	/** Notes that the minute can be looked at, unless a later one was. */
	boolean note(ProjectId project, Instant minute) {
		return this.jdbc.sql("""
				insert into incidents.detection_minute (project_id, minute)
				select :project, :minute
				where not exists (select from incidents.detection_progress
				                  where project_id = :project and latest >= :minute)
				on conflict do nothing
				""").param("project", project.value()).param("minute", utc(minute)).update() == 1;
	}

	/** The minutes that are to be looked at, oldest first. */
	List<Instant> noted(ProjectId project, int limit) {
		return this.jdbc.sql("""
				select minute from incidents.detection_minute where project_id = :project order by minute limit :limit
				""")
			.param("project", project.value())
			.param("limit", limit)
			.query((rs, _) -> rs.getObject(1, OffsetDateTime.class).toInstant())
			.list();
	}

	/** Forgets a minute that cannot be compared. */
	void leaveOut(ProjectId project, Instant minute) {
		this.jdbc.sql("delete from incidents.detection_minute where project_id = :project and minute = :minute")
			.param("project", project.value())
			.param("minute", utc(minute))
			.update();
	}

	/** Notes that the minute, and all before it, were looked at. */
	void passed(ProjectId project, Instant minute) {
		this.jdbc.sql("delete from incidents.detection_minute where project_id = :project and minute <= :minute")
			.param("project", project.value())
			.param("minute", utc(minute))
			.update();
		this.jdbc.sql("""
				insert into incidents.detection_progress (project_id, latest) values (:project, :minute)
				on conflict (project_id) do update set latest = greatest(detection_progress.latest, excluded.latest)
				""").param("project", project.value()).param("minute", utc(minute)).update();
	}

	/** When the latest minute was that was looked at. */
	Optional<Instant> latest(ProjectId project) {
		return this.jdbc.sql("select latest from incidents.detection_progress where project_id = :project")
			.param("project", project.value())
			.query((rs, _) -> rs.getObject(1, OffsetDateTime.class).toInstant())
			.optional();
	}

	/** What deviates, by fingerprint. */
	Map<String, Standing> of(ProjectId project) {
		Map<String, Standing> standings = new HashMap<>();
		this.jdbc.sql("""
				select fingerprint, kind, since, last_minute, deviating, quiet, firing from incidents.deviation
				where project_id = :project
				""")
			.param("project", project.value())
			.query((rs, _) -> standings.put(rs.getString("fingerprint"),
					new Standing(Deviation.Kind.valueOf(rs.getString("kind")),
							rs.getObject("since", OffsetDateTime.class).toInstant(),
							rs.getObject("last_minute", OffsetDateTime.class).toInstant(), rs.getInt("deviating"),
							rs.getInt("quiet"), rs.getBoolean("firing"))))
			.list();
		return standings;
	}

	void put(ProjectId project, String fingerprint, Standing standing) {
		this.jdbc
			.sql("""
					insert into incidents.deviation (project_id, fingerprint, kind, since, last_minute, deviating, quiet, firing)
					values (:project, :fingerprint, :kind, :since, :last, :deviating, :quiet, :firing)
					on conflict (project_id, fingerprint) do update
					set since = excluded.since, last_minute = excluded.last_minute, deviating = excluded.deviating,
					    quiet = excluded.quiet, firing = excluded.firing
					""")
			.param("project", project.value())
			.param("fingerprint", fingerprint)
			.param("kind", standing.kind().name())
			.param("since", utc(standing.since()))
			.param("last", utc(standing.last()))
			.param("deviating", standing.deviating())
			.param("quiet", standing.quiet())
			.param("firing", standing.firing())
			.update();
	}

	void remove(ProjectId project, String fingerprint) {
		this.jdbc.sql("delete from incidents.deviation where project_id = :project and fingerprint = :fingerprint")
			.param("project", project.value())
			.param("fingerprint", fingerprint)
			.update();
	}

	private static OffsetDateTime utc(Instant time) {
		return time.atOffset(ZoneOffset.UTC);
	}

}
