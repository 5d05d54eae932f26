package dev.whence.analysis.notification.route;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.whence.model.ProjectId;
import dev.whence.model.Severity;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The routes of all projects. */
@Component
public class Routes {

	/** More than anybody can keep in mind. */
	public static final int MAX = 1_000;

	private static final String COLUMNS = """
			r.id, r.project_id, r.channel_id, r.services, r.min_severity, r.strategy, r.enabled, r.created_at
			""";

	private final JdbcClient jdbc;

	Routes(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** The routes that lead to a channel that is on. */
	public RoutePlan plan(ProjectId project) {
		return new RoutePlan(this.jdbc.sql("select " + COLUMNS + """
				from incidents.notification_route r
				join incidents.notification_channel c on c.id = r.channel_id
				where r.project_id = :project and r.enabled and c.enabled and c.deleted_at is null
				order by r.id limit :max
				""").param("project", project.value()).param("max", MAX).query(Routes::route).list());
	}

	public List<Route> all(ProjectId project) {
		return this.jdbc.sql("select " + COLUMNS + """
				from incidents.notification_route r
				where r.project_id = :project order by r.created_at, r.id limit :max
				""").param("project", project.value()).param("max", MAX).query(Routes::route).list();
	}

	public Optional<Route> find(ProjectId project, UUID id) {
		return this.jdbc
			.sql("select " + COLUMNS
					+ "from incidents.notification_route r where r.project_id = :project and r.id = :id")
			.param("project", project.value())
			.param("id", id)
			.query(Routes::route)
			.optional();
	}

	/** Keeps a route in place of what it was before, if anything. */
	public void put(Route route) {
		this.jdbc.sql("""
				insert into incidents.notification_route (id, project_id, channel_id, services, min_severity, strategy,
				                                          enabled)
				values (:id, :project, :channel, :services, :severity, :strategy, :enabled)
				on conflict (id) do update
				set channel_id = excluded.channel_id, services = excluded.services,
				    min_severity = excluded.min_severity, strategy = excluded.strategy, enabled = excluded.enabled
				where notification_route.project_id = excluded.project_id
				""")
			.param("id", route.id())
			.param("project", route.project().value())
			.param("channel", route.channel())
			.param("services", route.services().toArray(String[]::new))
			.param("severity", route.minSeverity().name())
			.param("strategy", route.strategy().name())
			.param("enabled", route.enabled())
			.update();
	}

	/** Deletes a route; false when there was none. */
	public boolean delete(ProjectId project, UUID id) {
		return this.jdbc.sql("delete from incidents.notification_route where id = :id and project_id = :project")
			.param("id", id)
			.param("project", project.value())
			.update() == 1;
	}

	/** Deletes all routes to a channel. */
	public void deleteTo(ProjectId project, UUID channel) {
		this.jdbc.sql("delete from incidents.notification_route where channel_id = :channel and project_id = :project")
			.param("channel", channel)
			.param("project", project.value())
			.update();
	}

	private static Route route(ResultSet rs, int row) throws SQLException {
		return new Route(rs.getObject("id", UUID.class), new ProjectId(rs.getInt("project_id")),
				rs.getObject("channel_id", UUID.class), List.of((String[]) rs.getArray("services").getArray()),
				Severity.valueOf(rs.getString("min_severity")), Strategy.valueOf(rs.getString("strategy")),
				rs.getBoolean("enabled"), rs.getObject("created_at", OffsetDateTime.class).toInstant());
	}

}
