package dev.whence.query.change;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

import dev.whence.model.ProjectId;
import dev.whence.query.page.QueryParameter;
import dev.whence.query.page.WorkerViews;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Changes")
class ChangeController {

	private final JdbcClient jdbc;

	ChangeController(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@GetMapping("/query/changes")
	@Operation(summary = "What was changed, newest first", description = "The end of the range is excluded.")
	Changes changes(ProjectId project, @RequestParam(required = false) @Nullable String service,
			@RequestParam(required = false) @Nullable String from, @RequestParam(required = false) @Nullable String to,
			@RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit) {
		return new Changes(changes(project, QueryParameter.text("service", service), QueryParameter.time("from", from),
				QueryParameter.time("to", to), limit), limit);
	}

	private List<ChangeView> changes(ProjectId project, @Nullable String service, @Nullable Instant from,
			@Nullable Instant to, int limit) {
		return WorkerViews.read(List.of(),
				() -> this.jdbc.sql("""
						select id, service, at, kind, what, link from incidents.change_event_view
						 where project_id = :project
						   and (cast(:service as text) is null or service = cast(:service as text))
						   and at >= coalesce(cast(:from as timestamptz), '-infinity')
						   and at < coalesce(cast(:to as timestamptz), 'infinity')
						 order by at desc, id desc limit :limit
						""")
					.param("project", project.value())
					.param("service", service)
					.param("from", utc(from))
					.param("to", utc(to))
					.param("limit", limit)
					.query((row, _) -> new ChangeView(row.getLong("id"), row.getString("service"),
							row.getTimestamp("at").toInstant(), row.getString("kind"), row.getString("what"),
							row.getString("link")))
					.list());
	}

	private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
		return (time != null) ? time.atOffset(ZoneOffset.UTC) : null;
	}

	/** The newest changes. */
	record Changes(List<ChangeView> items, int limit) {
	}

	/**
	 * One change.
	 *
	 * @param kind deploy, build, commit, config or other
	 */
	record ChangeView(long id, String service, Instant at, String kind, String what, @Nullable String link) {
	}

}
