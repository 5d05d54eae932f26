package dev.whence.control.build.api;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

import dev.whence.control.build.BuildStatus;
import dev.whence.model.ProjectId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads pages of builds, without what they were made from. */
@Component
class BuildQueries {

	private static final String FILTER = """
			 from control.build where project_id = :project
			  and (cast(:status as text) is null or status = :status)
			  and (cast(:config as bigint) is null or config_id = :config)
			""";

	private final JdbcClient jdbc;

	BuildQueries(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** A page of the project's builds, newest first. */
	@Transactional(readOnly = true)
	public Page page(ProjectId project, int page, int size, @Nullable BuildStatus status, @Nullable Long config) {
		long total = filtered("select count(*)" + FILTER, project, status, config).query(Long.class).single();
		List<BuildView> builds = filtered(
				"""
						select id, config_id, workflow_run_id, status, image_type, fedora_version, ref, started_at, completed_at,
						       created_at, definition, requested_by, workflow_url, conclusion, detail
						"""
						+ FILTER + " order by created_at desc, id desc limit :size offset :offset",
				project, status, config)
			.param("size", size)
			.param("offset", (page - 1L) * size)
			.query(BuildQueries::view)
			.list();
		return new Page(builds, total);
	}

	private JdbcClient.StatementSpec filtered(String sql, ProjectId project, @Nullable BuildStatus status,
			@Nullable Long config) {
		return this.jdbc.sql(sql)
			.param("project", project.value())
			.param("status", (status != null) ? status.name() : null)
			.param("config", config);
	}

	private static BuildView view(ResultSet row, int number) throws SQLException {
		return new BuildView(row.getLong("id"), row.getObject("config_id", Long.class),
				row.getObject("workflow_run_id", Long.class), BuildStatus.valueOf(row.getString("status")),
				row.getString("image_type"), row.getString("fedora_version"), row.getString("ref"),
				time(row, "started_at"), time(row, "completed_at"),
				row.getObject("created_at", OffsetDateTime.class).toInstant(), row.getString("definition"),
				row.getString("requested_by"), row.getString("workflow_url"), row.getString("conclusion"),
				row.getString("detail"));
	}

	private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
		OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
		return (time != null) ? time.toInstant() : null;
	}

	/** A page and how many there are on all pages. */
	record Page(List<BuildView> builds, long total) {
	}

}
