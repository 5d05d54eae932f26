package dev.whence.control.build;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.whence.control.outbox.Outbox;
import dev.whence.model.BuildChanged;
import dev.whence.model.ProjectId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What happened to builds, for those who follow them live and for the other services.
 */
@Component
public class BuildJournal {

	private final JdbcClient jdbc;

	private final Outbox outbox;

	private final BuildProperties properties;

	BuildJournal(JdbcClient jdbc, Outbox outbox, BuildProperties properties) {
		this.jdbc = jdbc;
		this.outbox = outbox;
		this.properties = properties;
	}

	/** Notes where the build is now. */
	@Transactional(propagation = Propagation.MANDATORY)
	void note(Build build, Instant now) {
		// Kept until the commit, so that numbers become visible in their order.
		this.jdbc.sql("select pg_advisory_xact_lock(hashtext('control.build_event'))").query().singleRow();
		this.jdbc.sql("""
				insert into control.build_event (build_id, project_id, at, status, workflow_run_id, workflow_url,
				                                 conclusion, detail)
				values (:build, :project, :at, :status, :run, :url, :conclusion, :detail)
				""")
			.param("build", build.id())
			.param("project", build.project().value())
			.param("at", now.atOffset(ZoneOffset.UTC))
			.param("status", build.status().name())
			.param("run", build.workflowRunId())
			.param("url", build.workflowUrl())
			.param("conclusion", build.conclusion())
			.param("detail", build.detail())
			.update();
		this.outbox.append(List.of(announcement(build, now)));
	}

	/** What happened after the entry with that number, in its order. */
	@Transactional(readOnly = true)
	public List<Entry> after(long number, int limit) {
		return this.jdbc.sql("""
				select id, build_id, project_id, at, status, workflow_run_id, workflow_url, conclusion, detail
				from control.build_event where id > :number order by id limit :limit
				""").param("number", number).param("limit", limit).query(BuildJournal::entry).list();
	}

	/** The last that happened to a build. */
	@Transactional(readOnly = true)
	public Optional<Entry> lastOf(long build) {
		return this.jdbc.sql("""
				select id, build_id, project_id, at, status, workflow_run_id, workflow_url, conclusion, detail
				from control.build_event where build_id = :build order by id desc limit 1
				""").param("build", build).query(BuildJournal::entry).optional();
	}

	/** The number of the last entry; 0 when there is none. */
	@Transactional(readOnly = true)
	public long last() {
		return this.jdbc.sql("select coalesce(max(id), 0) from control.build_event").query(Long.class).single();
	}

	private BuildChanged announcement(Build build, Instant now) {
		String of = (build.definition() != null) ? " of " + build.definition() : "";
		String what = "build " + build.id() + of + " (" + build.imageType() + " " + build.fedoraVersion() + ", "
				+ build.ref() + ")";
		Instant at = (build.completedAt() != null) ? build.completedAt() : now;
		return new BuildChanged(UUID.randomUUID(), at, build.project(), BuildChanged.BUILD, "build/" + build.id(),
				this.properties.serviceOr(build.repository()), build.status().wireName(), what,
				(build.workflowUrl() != null) ? build.workflowUrl() : "");
	}

	private static Entry entry(ResultSet row, int number) throws SQLException {
		return new Entry(row.getLong("id"), row.getLong("build_id"), new ProjectId(row.getInt("project_id")),
				row.getObject("at", OffsetDateTime.class).toInstant(), BuildStatus.valueOf(row.getString("status")),
				row.getObject("workflow_run_id", Long.class), row.getString("workflow_url"),
				row.getString("conclusion"), row.getString("detail"));
	}

	/**
	 * One thing that happened to a build.
	 *
	 * @param number greater than those of all that happened before
	 */
	public record Entry(long number, long build, ProjectId project, Instant at, BuildStatus status,
			@Nullable Long workflowRunId, @Nullable String workflowUrl, @Nullable String conclusion,
			@Nullable String detail) {
	}

}
