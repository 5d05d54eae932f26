package dev.whence.analysis.change;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

import dev.whence.analysis.evidence.Change;
import dev.whence.model.ProjectId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The changes of a project; append-only. A change that is told again is one change: the
 * same service, time, kind and words.
 */
@Component
public class ChangeEvents {

	private final JdbcClient jdbc;

	ChangeEvents(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Keeps a change.
	 * @return whether it is new
	 */
	public boolean put(ProjectId project, ChangeKind kind, Change change) {
		return add(project, kind, change).isPresent();
	}

	/**
	 * The changes of the range, both ends included, oldest first; the newest ones when
	 * there are more than the limit.
	 */
	public List<Change> between(ProjectId project, Instant from, Instant to, int limit) {
		return this.jdbc
			.sql("""
					select service, at, what, link from (
					    select * from incidents.change_event
					    where project_id = :project and at >= :from and at <= :to order by at desc, id desc limit :limit) newest
					order by at, id
					""")
			.param("project", project.value())
			.param("from", utc(from))
			.param("to", utc(to))
			.param("limit", limit)
			.query((rs, _) -> new Change(rs.getString("service"), rs.getObject("at", OffsetDateTime.class).toInstant(),
					rs.getString("what"), rs.getString("link")))
			.list();
	}

	/** The id of the change; empty when it was known. */
	Optional<Long> add(ProjectId project, ChangeKind kind, Change change) {
		return this.jdbc.sql("""
				insert into incidents.change_event (project_id, service, at, kind, what, link)
				values (:project, :service, :at, :kind, :what, :link)
				on conflict (project_id, service, at, kind, what) do nothing
				returning id
				""")
			.param("project", project.value())
			.param("service", change.service())
			.param("at", utc(change.at()))
			.param("kind", kind.wireName())
			.param("what", change.what())
			.param("link", change.link())
			.query(Long.class)
			.optional();
	}

	/** The id of a known change. */
	@Nullable Long idOf(ProjectId project, ChangeKind kind, Change change) {
		return this.jdbc.sql("""
				select id from incidents.change_event
				where project_id = :project and service = :service and at = :at and kind = :kind and what = :what
				""")
			.param("project", project.value())
			.param("service", change.service())
			.param("at", utc(change.at()))
			.param("kind", kind.wireName())
			.param("what", change.what())
			.query(Long.class)
			.optional()
			.orElse(null);
	}

	// As precise as the column: more digits would be rounded, and the same change no
	// longer
	// be found.
	private static OffsetDateTime utc(Instant time) {
		return time.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
	}

}
