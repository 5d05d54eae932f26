package dev.whence.query.problem;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.whence.model.ProjectId;
import dev.whence.model.Severity;
import dev.whence.query.page.Cursor;
import dev.whence.query.page.WorkerViews;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Searches kinds of problem. */
@Repository
class ProblemQueries {

	private static final String WITH_INCIDENTS = """
			select p.*, m.signals, m.incidents, m.latest_incident
			  from (%s) p
			  left join lateral (
			    select coalesce(sum(m.signals), 0) as signals, count(distinct m.incident_id) as incidents,
			           (array_agg(m.incident_id order by m.last_seen desc))[1] as latest_incident
			      from incidents.incident_member_view m
			     where m.project_id = p.project_id and m.fingerprint = p.fingerprint) m on true
			 order by p.last_seen desc, p.fingerprint
			""";

	private final JdbcClient jdbc;

	ProblemQueries(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** The problems that match, the latest seen first. */
	List<ProblemView> search(ProjectId project, List<ProblemStateName> states, List<Severity> severities,
			List<String> services, @Nullable String text, @Nullable Cursor after, int limit) {
		List<String> terms = new ArrayList<>(List.of("project_id = :project"));
		Map<String, Object> parameters = new HashMap<>(Map.of("project", project.value(), "limit", limit));
		if (!states.isEmpty()) {
			terms.add("state = any(:states)");
			parameters.put("states", states.stream().map(Enum::name).toArray(String[]::new));
		}
		if (!severities.isEmpty()) {
			terms.add("severity = any(:severities)");
			parameters.put("severities", severities.stream().map(Enum::name).toArray(String[]::new));
		}
		if (!services.isEmpty()) {
			terms.add("service = any(:services)");
			parameters.put("services", services.toArray(String[]::new));
		}
		if (text != null) {
			terms.add("(strpos(lower(title), lower(:text)) > 0 or strpos(lower(service), lower(:text)) > 0)");
			parameters.put("text", text);
		}
		if (after != null) {
			terms.add("(last_seen < :at or last_seen = :at and fingerprint > :after)");
			parameters.put("at", after.utc());
			parameters.put("after", after.key());
		}
		String page = "select * from incidents.problem_view where " + String.join(" and ", terms)
				+ " order by last_seen desc, fingerprint limit :limit";
		return WorkerViews.read(List.of(),
				() -> this.jdbc.sql(WITH_INCIDENTS.formatted(page)).params(parameters).query(ProblemView::of).list());
	}

	Optional<ProblemView> find(ProjectId project, String fingerprint) {
		return WorkerViews.read(Optional.empty(), () -> this.jdbc
			.sql(WITH_INCIDENTS.formatted(
					"select * from incidents.problem_view where project_id = :project and fingerprint = :fingerprint"))
			.param("project", project.value())
			.param("fingerprint", fingerprint)
			.query(ProblemView::of)
			.optional());
	}

}
