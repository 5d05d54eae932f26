package dev.whence.query.incident;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProjectId;
import dev.whence.model.Severity;
import dev.whence.query.page.Page;
import dev.whence.query.page.QueryParameter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/query/incidents")
@Tag(name = "Incidents")
class IncidentController {

	/** The canonical form alone: UUID.fromString would also read "1-1-1-1-1". */
	private static final Pattern CANONICAL_UUID = Pattern
		.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

	private final IncidentQueries incidents;

	IncidentController(IncidentQueries incidents) {
		this.incidents = incidents;
	}

	@GetMapping
	@Operation(summary = "Search incidents, newest first", description = "Status and severity may be in any case.")
	Page<IncidentView> search(ProjectId project, @RequestParam(required = false) @Nullable String status,
			@RequestParam(required = false) @Nullable String severity,
			@RequestParam(name = "trace_id", required = false) @Nullable String trace,
			@RequestParam(required = false) @Nullable String service,
			@RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit,
			@RequestParam(defaultValue = "0") @Min(0) @Max(Page.LARGEST_OFFSET) int offset) {
		IncidentFilter filter = new IncidentFilter(QueryParameter.oneOf(IncidentStatus.class, "status", status),
				QueryParameter.oneOf(Severity.class, "severity", severity), QueryParameter.trace("trace_id", trace),
				QueryParameter.text("service", service));
		return Page.of(this.incidents.search(project, filter, limit, offset),
				this.incidents.count(project, filter, Page.COUNTED), limit, offset);
	}

	@GetMapping("/{id}")
	@Operation(summary = "One incident with its problems, traces and history")
	IncidentDetail get(ProjectId project, @PathVariable String id) {
		return uuid(id).flatMap((incident) -> this.incidents.find(project, incident))
			.orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "Incident not found"));
	}

	@GetMapping("/{id}/analysis")
	@Operation(summary = "The root cause of an incident")
	AnalysisView analysis(ProjectId project, @PathVariable String id) {
		return uuid(id).flatMap((incident) -> this.incidents.analysis(project, incident))
			.orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "Analysis not found for this incident"));
	}

	private static Optional<UUID> uuid(String text) {
		return CANONICAL_UUID.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
	}

}
