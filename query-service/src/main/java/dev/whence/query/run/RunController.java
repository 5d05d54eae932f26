package dev.whence.query.run;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProjectId;
import dev.whence.model.UuidText;
import dev.whence.model.run.DecisionFunnel;
import dev.whence.model.run.DecisionRun;
import dev.whence.model.run.DecisionStep;
import dev.whence.model.run.FunnelTrend;
import dev.whence.model.run.RunComparison;
import dev.whence.model.run.RunStatus;
import dev.whence.model.run.VersionComparison;
import dev.whence.query.page.Cursor;
import dev.whence.query.page.QueryParameter;
import dev.whence.query.run.Runs.RunPage;
import dev.whence.store.RunFilter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Runs and their funnels: X-Ray's paths, and what it could not tell. */
@RestController
@Tag(name = "Decision runs", description = "Runs of LLM, retrieval and ranking pipelines, and what each step dropped")
class RunController {

	/** Runs of one answer, whatever is asked for. */
	static final int MOST_RUNS = 1_000;

	static final String CURSOR = "What the header Whence-Next-Cursor of the page before said";

	private static final String STARTED_FROM = "Started at this time or later, RFC 3339";

	private static final String STARTED_TO = "Started at this time or earlier, RFC 3339";

	private static final String RUN_NAME = "The whole name of the runs";

	private static final String TAG = "A tag's key, or key:value";

	private static final String RUN_ID = "The run's UUID, with dashes or without";

	private final Runs runs;

	RunController(Runs runs) {
		this.runs = runs;
	}

	@GetMapping("/runs")
	@Operation(summary = "Search runs, the one that started last first",
			description = "At most 1,000 at a time; where there are more, the header Whence-Next-Cursor says what to pass as "
					+ "cursor. A search by status, tag or cost looks at 5,000 runs at a time, so a page may be short and "
					+ "still have a next one.")
	@Paged
	ResponseEntity<List<RunView>> list(ProjectId project,
			@Parameter(description = "Runs of this answer, at most 1,000") @RequestParam(
					defaultValue = "100") @Min(0) int limit,
			@Parameter(description = RUN_NAME) @RequestParam(required = false) @Nullable String name,
			@Parameter(description = "A part of the name, in any case") @RequestParam(
					required = false) @Nullable String q,
			@Parameter(description = "running, completed or failed") @RequestParam(
					required = false) @Nullable String status,
			@Parameter(description = TAG) @RequestParam(required = false) @Nullable String tag,
			@Parameter(description = STARTED_FROM) @RequestParam(required = false) @Nullable String from,
			@Parameter(description = STARTED_TO) @RequestParam(required = false) @Nullable String to,
			@Parameter(description = "The least total cost") @RequestParam(name = "min_cost",
					required = false) @Nullable Double minCost,
			@Parameter(description = "The greatest total cost") @RequestParam(name = "max_cost",
					required = false) @Nullable Double maxCost,
			@Parameter(
					description = "Runs that are part of this trace; name, q, from, to and cursor are then ignored") @RequestParam(
							name = "trace_id", required = false) @Nullable String trace,
			@Parameter(description = CURSOR) @RequestParam(required = false) @Nullable String cursor) {
		RunPredicate predicate = new RunPredicate(QueryParameter.oneOf(RunStatus.class, "status", status),
				QueryParameter.text("tag", tag), finite("min_cost", minCost), finite("max_cost", maxCost));
		if (trace != null && !trace.isEmpty()) {
			return ResponseEntity.ok(
					this.runs
						.ofTrace(project, Objects.requireNonNull(QueryParameter.trace("trace_id", trace)),
								Math.min(limit, MOST_RUNS))
						.stream()
						.filter(predicate)
						.toList());
		}
		RunFilter filter = new RunFilter(QueryParameter.text("name", name), QueryParameter.text("q", q),
				QueryParameter.time("from", from), QueryParameter.time("to", to));
		RunPage page = this.runs.list(project, filter, predicate, RunCursor.position(Cursor.parse(cursor)),
				Math.min(limit, MOST_RUNS));
		ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
		if (page.next() != null) {
			answer.header(Paged.NEXT, RunCursor.of(page.next()).text());
		}
		return answer.body(page.runs());
	}

	@GetMapping("/runs/{id}")
	@Operation(summary = "One run")
	RunView run(ProjectId project, @Parameter(description = RUN_ID) @PathVariable String id) {
		return RunView.of(find(project, "id", id));
	}

	@GetMapping("/runs/{id}/steps")
	@Operation(summary = "The steps of a run in the order in which they started",
			description = "Empty when the run is unknown.")
	List<StepView> steps(ProjectId project, @Parameter(description = RUN_ID) @PathVariable String id) {
		return this.runs.find(project, uuid("id", id))
			.map((run) -> run.steps().stream().map(StepView::of).toList())
			.orElse(List.of());
	}

	@GetMapping("/analyze/{id}")
	@Operation(summary = "The funnel of a run",
			description = "What went into each step, what came out, why the rest was dropped, and what the run came to.")
	FunnelView analyze(ProjectId project, @Parameter(description = RUN_ID) @PathVariable String id) {
		return FunnelView.of(DecisionFunnel.of(find(project, "id", id)));
	}

	@GetMapping("/runs/{id}/journey")
	@Operation(summary = "One candidate through the steps of a run",
			description = "Rank, score, whether it was kept, and why not, in every step that names the candidate.")
	JourneyView journey(ProjectId project, @Parameter(description = RUN_ID) @PathVariable String id,
			@Parameter(description = "The candidate's id, as the steps write it") @RequestParam String candidate) {
		DecisionRun run = find(project, "id", id);
		return JourneyView.of(run.id(), candidate, run.journey(candidate),
				run.steps().stream().anyMatch(DecisionStep::isSampled));
	}

	@GetMapping("/runs/compare")
	@Operation(summary = "Two runs step by step",
			description = "Counts, drop rates, reasons, costs and durations of the steps that have the same name and type.")
	ComparisonView compare(ProjectId project, @Parameter(description = RUN_ID) @RequestParam String before,
			@Parameter(description = RUN_ID) @RequestParam String after) {
		return ComparisonView.of(RunComparison.of(find(project, "before", before), find(project, "after", after)));
	}

	@GetMapping("/runs/compare/versions")
	@Operation(summary = "Two versions of a pipeline stage by stage",
			description = "Before and after are tags, for example version:1 and version:2; of each the latest runs of the name "
					+ "are looked at, and what is in the middle of them is shown.")
	VersionsView versions(ProjectId project, @Parameter(description = RUN_NAME) @RequestParam String name,
			@Parameter(description = TAG) @RequestParam String before,
			@Parameter(description = TAG) @RequestParam String after,
			@Parameter(description = "Runs of each that are looked at") @RequestParam(
					defaultValue = "50") @Min(1) @Max(200) int last) {
		String given = Objects.requireNonNullElse(QueryParameter.text("name", name), "");
		return VersionsView.of(given, before, after, VersionComparison
			.of(tagged(project, given, "before", before, last), tagged(project, given, "after", after, last)));
	}

	private List<DecisionRun> tagged(ProjectId project, String name, String parameter, String tag, int last) {
		return this.runs.latest(project, name, new RunPredicate(null, QueryParameter.text(parameter, tag), null, null),
				last);
	}

	@GetMapping("/runs/trend")
	@Operation(summary = "The latest runs of one name laid over each other",
			description = "For each stage what is usual (median, and around it three robust deviations) and whether the "
					+ "latest run left it. With a tag, of the runs that have it, so that versions can be compared.")
	TrendView trend(ProjectId project, @Parameter(description = RUN_NAME) @RequestParam String name,
			@Parameter(description = "Runs that are looked at") @RequestParam(
					defaultValue = "20") @Min(1) @Max(200) int last,
			@Parameter(description = TAG) @RequestParam(required = false) @Nullable String tag) {
		String given = Objects.requireNonNullElse(QueryParameter.text("name", name), "");
		List<DecisionRun> latest = this.runs.latest(project, given,
				new RunPredicate(null, QueryParameter.text("tag", tag), null, null), last);
		return TrendView.of(given, latest.stream().map(RunView::of).toList(), FunnelTrend.of(latest));
	}

	private DecisionRun find(ProjectId project, String parameter, String id) {
		return this.runs.find(project, uuid(parameter, id))
			.orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "Run not found"));
	}

	private static UUID uuid(String parameter, String text) {
		return UuidText.lenient(text)
			.orElseThrow(() -> new ProblemException(ProblemCode.INVALID_PARAMETER,
					"The parameter '" + parameter + "' is a UUID"));
	}

	private static @Nullable Double finite(String name, @Nullable Double number) {
		if (number != null && !Double.isFinite(number)) {
			throw new ProblemException(ProblemCode.INVALID_PARAMETER, "The parameter '" + name + "' is a number");
		}
		return number;
	}

}
