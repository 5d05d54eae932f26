package dev.whence.query.pattern;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.whence.model.LogMask;
import dev.whence.model.ProjectId;
import dev.whence.query.page.WorkerViews;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads the templates of the schema {@code incidents}, which the analysis worker's
 * migrations define. Where the worker was never started, none are known.
 */
@Repository
class PatternQueries {

	/** Templates that a line no one has learned is compared with, newest first. */
	private static final int MOST_COMPARED = 1_000;

	/** Such lines in one question; the others are themselves. */
	private static final int MOST_UNLEARNED = 500;

	private final JdbcClient jdbc;

	PatternQueries(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** The templates of those masked lines that the worker has learned. */
	Map<String, KnownTemplate> learned(ProjectId project, String service, Collection<String> masked) {
		Map<String, String> byId = new HashMap<>();
		masked.forEach((line) -> byId.put(LogMask.id(line), line));
		Map<String, KnownTemplate> found = new HashMap<>();
		WorkerViews.read(List.of(),
				() -> this.jdbc.sql("""
						select f.id as form, t.id, t.text, t.first_seen, t.last_seen
						from incidents.log_form_view f
						join incidents.log_template_view t
						     on (t.project_id, t.service, t.id) = (f.project_id, f.service, f.template_id)
						where f.project_id = :project and f.service = :service and f.id = any(:ids::text[])
						""")
					.param("project", project.value())
					.param("service", service)
					.param("ids", byId.keySet().toArray(String[]::new))
					.query((row, _) -> found.put(byId.get(row.getString("form")), template(row)))
					.list());
		return found;
	}

	/**
	 * The templates that the other masked lines fit best: those with words that were not
	 * seen before where a template has a variable.
	 */
	Map<String, KnownTemplate> fitting(ProjectId project, String service, Collection<String> masked) {
		if (masked.isEmpty()) {
			return Map.of();
		}
		List<KnownTemplate> templates = WorkerViews.read(List.of(),
				() -> this.jdbc.sql("""
						select id, text, first_seen, last_seen from incidents.log_template_view
						where project_id = :project and service = :service
						order by last_seen desc, id limit :most
						""")
					.param("project", project.value())
					.param("service", service)
					.param("most", MOST_COMPARED)
					.query((row, _) -> template(row))
					.list());
		List<String[]> words = templates.stream().map((template) -> template.text().split(" ")).toList();
		Map<String, KnownTemplate> found = new HashMap<>();
		masked.stream().limit(MOST_UNLEARNED).forEach((line) -> {
			KnownTemplate best = best(templates, words, line.split(" "));
			if (best != null) {
				found.put(line, best);
			}
		});
		return found;
	}

	private static @Nullable KnownTemplate best(List<KnownTemplate> templates, List<String[]> words, String[] line) {
		KnownTemplate best = null;
		int most = 0;
		for (int i = 0; i < templates.size(); i++) {
			int agreement = KnownTemplate.agreement(words.get(i), line);
			if (agreement > most) {
				most = agreement;
				best = templates.get(i);
			}
		}
		return best;
	}

	private static KnownTemplate template(ResultSet row) throws SQLException {
		return new KnownTemplate(row.getString("id"), row.getString("text"), row.getTimestamp("first_seen").toInstant(),
				row.getTimestamp("last_seen").toInstant());
	}

}
