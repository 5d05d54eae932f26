package dev.whence.query.incident;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProjectId;
import dev.whence.model.UuidText;
import dev.whence.query.page.Cursor;
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

	/** What the statistics are about where nobody says. */
	private static final Duration MONTH = Duration.ofDays(30);

	private final IncidentQueries incidents;

	private final IncidentDetailQueries details;

	private final AnalysisQueries analyses;

	private final IncidentStatsQueries stats;

	private final InstantSource clock;

	IncidentController(IncidentQueries incidents, IncidentDetailQueries details, AnalysisQueries analyses,
			IncidentStatsQueries stats, InstantSource clock) {
		this.incidents = incidents;
		this.details = details;
		this.analyses = analyses;
		this.stats = stats;
		this.clock = clock;
	}

	@GetMapping
	@Operation(summary = "Search incidents, newest first",
			description = "Status, severity, service and assignee may be lists, separated by commas; words may be in any "
					+ "case, and assignee=none finds what nobody has. Page by next_cursor: unlike an offset it is not moved "
					+ "by what arrives meanwhile.")
	IncidentPage search(ProjectId project, @RequestParam(required = false) @Nullable String status,
			@RequestParam(required = false) @Nullable String severity,
			@RequestParam(required = false) @Nullable String service,
			@RequestParam(required = false) @Nullable String assignee,
			@RequestParam(required = false) @Nullable String q,
			@RequestParam(name = "trace_id", required = false) @Nullable String trace,
			@RequestParam(required = false) @Nullable String from, @RequestParam(required = false) @Nullable String to,
			@RequestParam(required = false) @Nullable String cursor,
			@RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit,
			@RequestParam(defaultValue = "0") @Min(0) @Max(Page.LARGEST_OFFSET) int offset) {
		IncidentFilter filter = IncidentFilter.of(status, severity, service, assignee, q, trace, from, to);
		Cursor after = Cursor.parse(cursor);
		if (after != null && offset > 0) {
			throw new ProblemException(ProblemCode.INVALID_PARAMETER,
					"The parameter 'offset' is 0 where there is a cursor");
		}
		return IncidentPage.of(this.incidents.search(project, filter, after, limit + 1, offset),
				this.incidents.count(project, filter, Page.COUNTED), limit, offset);
	}

	@GetMapping("/facets")
	@Operation(summary = "Count what a search finds, by what could narrow it",
			description = "Each list counts what would be found without its own condition.")
	IncidentFacets facets(ProjectId project, @RequestParam(required = false) @Nullable String status,
			@RequestParam(required = false) @Nullable String severity,
			@RequestParam(required = false) @Nullable String service,
			@RequestParam(required = false) @Nullable String assignee,
			@RequestParam(required = false) @Nullable String q,
			@RequestParam(name = "trace_id", required = false) @Nullable String trace,
			@RequestParam(required = false) @Nullable String from,
			@RequestParam(required = false) @Nullable String to) {
		return this.incidents.facets(project,
				IncidentFilter.of(status, severity, service, assignee, q, trace, from, to), Page.COUNTED);
	}

	@GetMapping("/stats")
	@Operation(summary = "How fast incidents were handled",
			description = "Mean and median time to acknowledge and to resolve, of the incidents detected in the range; the "
					+ "last 30 days where none is given.")
	IncidentStats stats(ProjectId project, @RequestParam(required = false) @Nullable String from,
			@RequestParam(required = false) @Nullable String to,
			@RequestParam(required = false) @Nullable String service) {
		Instant end = Objects.requireNonNullElse(QueryParameter.time("to", to), this.clock.instant());
		Instant begin = Objects.requireNonNullElse(QueryParameter.time("from", from), end.minus(MONTH));
		if (!begin.isBefore(end)) {
			throw new ProblemException(ProblemCode.INVALID_PARAMETER, "The parameter 'from' lies before 'to'");
		}
		return this.stats.stats(project, begin, end, QueryParameter.text("service", service));
	}

	@GetMapping("/{id}")
	@Operation(summary = "One incident with its members, timeline, history, and where it was seen before")
	IncidentDetail get(ProjectId project, @PathVariable String id) {
		return UuidText.canonical(id)
			.flatMap((incident) -> this.details.find(project, incident))
			.orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "Incident not found"));
	}

	@GetMapping("/{id}/analysis")
	@Operation(summary = "The root cause of an incident",
			description = "The newest analysis, or that of one version of the incident.")
	AnalysisView analysis(ProjectId project, @PathVariable String id,
			@RequestParam(required = false) @Min(0) @Nullable Long version) {
		return UuidText.canonical(id)
			.flatMap((incident) -> this.analyses.analysis(project, incident, version))
			.orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "Analysis not found for this incident"));
	}

	@GetMapping("/{id}/analyses")
	@Operation(summary = "All analyses that an incident has had, newest first")
	AnalysisSummary.History analyses(ProjectId project, @PathVariable String id) {
		return UuidText.canonical(id)
			.flatMap((incident) -> this.analyses.analyses(project, incident))
			.map(AnalysisSummary.History::new)
			.orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "Incident not found"));
	}

}
