package dev.whence.analysis.notification.route;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

import dev.whence.model.ProjectId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The maintenance windows of all projects. */
@Component
public class MaintenanceWindows {

	private static final int MAX = 200;

	private final JdbcClient jdbc;

	MaintenanceWindows(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * What runs and comes, the next to end first; then what has ended, the last first.
	 */
	public List<MaintenanceWindow> all(ProjectId project) {
		return this.jdbc.sql("""
				(select * from incidents.maintenance_window where project_id = :project and ends_at > now()
				 order by ends_at limit :max)
				union all
				(select * from incidents.maintenance_window where project_id = :project and ends_at <= now()
				 order by ends_at desc limit 50)
				""").param("project", project.value()).param("max", MAX).query(MaintenanceWindows::window).list();
	}

	public void add(MaintenanceWindow window) {
		this.jdbc
			.sql("""
					insert into incidents.maintenance_window (id, project_id, services, starts_at, ends_at, reason, created_by)
					values (:id, :project, :services, :from, :to, :reason, :by)
					""")
			.param("id", window.id())
			.param("project", window.project().value())
			.param("services", window.services().toArray(String[]::new))
			.param("from", window.from().atOffset(ZoneOffset.UTC))
			.param("to", window.to().atOffset(ZoneOffset.UTC))
			.param("reason", window.reason())
			.param("by", window.createdBy())
			.update();
	}

	/**
	 * Ends a running window now, and deletes one that has not begun.
	 * @return false when there is no such window, or it has ended
	 */
	public boolean cancel(ProjectId project, UUID id) {
		int ended = this.jdbc.sql("""
				update incidents.maintenance_window set ends_at = now()
				where id = :id and project_id = :project and starts_at <= now() and ends_at > now()
				""").param("id", id).param("project", project.value()).update();
		int deleted = this.jdbc.sql("""
				delete from incidents.maintenance_window
				where id = :id and project_id = :project and starts_at > now()
				""").param("id", id).param("project", project.value()).update();
		return ended + deleted > 0;
	}

	private static MaintenanceWindow window(ResultSet rs, int row) throws SQLException {
		return new MaintenanceWindow(rs.getObject("id", UUID.class), new ProjectId(rs.getInt("project_id")),
				List.of((String[]) rs.getArray("services").getArray()),
				rs.getObject("starts_at", OffsetDateTime.class).toInstant(),
				rs.getObject("ends_at", OffsetDateTime.class).toInstant(), rs.getString("reason"),
				rs.getString("created_by"), rs.getObject("created_at", OffsetDateTime.class).toInstant());
	}

}
