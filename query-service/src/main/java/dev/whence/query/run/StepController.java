package dev.whence.query.run;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProjectId;
import dev.whence.query.page.Cursor;
import dev.whence.query.page.QueryParameter;
import dev.whence.store.FoundStep;
import dev.whence.store.StepFilter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Steps across all runs. */
@RestController
@Tag(name = "Decision runs")
class StepController {

	private final Runs runs;

	StepController(Runs runs) {
		this.runs = runs;
	}

	@GetMapping("/steps")
	@Operation(summary = "Steps that dropped candidates, across runs, the latest first",
			description = "For example type=filter&min_drop_rate=0.9. Drop rates are shares from 0 to 1; steps of which "
					+ "none is known are not among them. Where there are more, the header Whence-Next-Cursor says what "
					+ "to pass as cursor.")
	@Paged
	ResponseEntity<List<FoundStepView>> search(ProjectId project,
			@Parameter(description = "The type of step, for example filter, in any case") @RequestParam(
					required = false) @Nullable String type,
			@Parameter(description = "The whole name of the step") @RequestParam(
					required = false) @Nullable String name,
			@Parameter(description = "The least share that was dropped, 0 to 1") @RequestParam(name = "min_drop_rate",
					required = false) @Nullable Double minDropRate,
			@Parameter(description = "The greatest share that was dropped, 0 to 1") @RequestParam(
					name = "max_drop_rate", required = false) @Nullable Double maxDropRate,
			@Parameter(description = "Ended at this time or later, RFC 3339") @RequestParam(
					required = false) @Nullable String from,
			@Parameter(description = "Ended at this time or earlier, RFC 3339") @RequestParam(
					required = false) @Nullable String to,
			@Parameter(description = RunController.CURSOR) @RequestParam(required = false) @Nullable String cursor,
			@Parameter(description = "Steps of this answer") @RequestParam(
					defaultValue = "100") @Min(1) @Max(1000) int limit) {
		StepFilter filter = new StepFilter(
				QueryParameter.text("type", (type != null) ? type.toLowerCase(Locale.ROOT) : null),
				QueryParameter.text("name", name), number("min_drop_rate", minDropRate),
				number("max_drop_rate", maxDropRate), QueryParameter.time("from", from), QueryParameter.time("to", to));
		List<FoundStep> found = this.runs.steps(project, filter, RunCursor.position(Cursor.parse(cursor)), limit + 1);
		List<FoundStep> page = found.stream().limit(limit).toList();
		Map<UUID, String> names = this.runs.names(project, page.stream().map(FoundStep::runId).distinct().toList());
		ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
		if (found.size() > limit) {
			answer.header(Paged.NEXT, RunCursor.of(page.getLast().position()).text());
		}
		return answer.body(page.stream().map((step) -> FoundStepView.of(step, names.get(step.runId()))).toList());
	}

	private static @Nullable Double number(String name, @Nullable Double number) {
		if (number != null && !Double.isFinite(number)) {
			throw new ProblemException(ProblemCode.INVALID_PARAMETER, "The parameter '" + name + "' is a number");
		}
		return number;
	}

}
