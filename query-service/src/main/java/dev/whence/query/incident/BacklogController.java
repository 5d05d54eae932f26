package dev.whence.query.incident;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import dev.whence.model.ProjectId;
import dev.whence.query.page.WorkerViews;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** How far the analysis worker is behind. */
@RestController
@Tag(name = "Incidents")
class BacklogController {

	private final JdbcClient jdbc;

	BacklogController(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@GetMapping("/query/analysis/backlog")
	@Operation(summary = "Work that waits for the analysis worker, by kind",
			description = "Kinds without waiting work are left out. `rollup` counts minutes that are not counted yet: "
					+ "until then they are not compared with.")
	Map<String, Long> backlog(ProjectId project) {
		Map<String, Long> backlog = new TreeMap<>();
		WorkerViews
			.read(List.<Waiting>of(),
					() -> this.jdbc.sql("select kind, waiting from incidents.backlog_view where project_id = :project")
						.param("project", project.value())
						.query(Waiting.class)
						.list())
			.forEach((kind) -> backlog.put(kind.kind().toLowerCase(Locale.ROOT), kind.waiting()));
		return backlog;
	}

	private record Waiting(String kind, long waiting) {
	}

}
