package dev.whence.control.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

import dev.whence.support.security.Credential;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads the audit, newest first. */
@Component
class AuditQueries {

	private final JdbcClient jdbc;

	private final JsonMapper json;

	AuditQueries(JdbcClient jdbc, JsonMapper json) {
		this.jdbc = jdbc;
		this.json = json;
	}

	/**
	 * What was done in the caller's project; whoever runs the installation sees all of
	 * it.
	 */
	@Transactional(readOnly = true)
	List<AuditEntry> find(Credential caller, Filter filter, long before, int limit) {
		return this.jdbc.sql("""
				select id, at, project_id, actor_kind, actor_id, actor_name, action, object_kind, object_id, details
				  from control.audit_entry
				 where id < :before
				   and (:all or project_id = :project)
				   and (:actor::text is null or actor_name = :actor or actor_id = :actor)
				   and (:action::text is null or action = :action or starts_with(action, :action || '.'))
				   and (:from::timestamptz is null or at >= :from)
				   and (:to::timestamptz is null or at < :to)
				 order by id desc
				 limit :limit
				""")
			.param("before", before)
			.param("all", caller.runsTheInstallation())
			.param("project", caller.project().value())
			.param("actor", filter.actor())
			.param("action", filter.action())
			.param("from", timestamp(filter.from()))
			.param("to", timestamp(filter.to()))
			.param("limit", limit)
			.query(this::entry)
			.list();
	}

	private AuditEntry entry(ResultSet row, int number) throws SQLException {
		return new AuditEntry(row.getLong("id"), row.getObject("at", OffsetDateTime.class).toInstant(),
				row.getInt("project_id"),
				new AuditEntry.WhoDidIt(row.getString("actor_kind"), row.getString("actor_id"),
						row.getString("actor_name")),
				row.getString("action"), new AuditEntry.What(row.getString("object_kind"), row.getString("object_id")),
				this.json.readTree(row.getString("details")));
	}

	private static @Nullable Timestamp timestamp(@Nullable Instant instant) {
		return (instant != null) ? Timestamp.from(instant) : null;
	}

	/** What to leave out; null leaves nothing out. */
	record Filter(@Nullable String actor, @Nullable String action, @Nullable Instant from, @Nullable Instant to) {
	}

}
