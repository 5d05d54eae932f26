package dev.whence.query.problem;

import java.util.List;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProjectId;
import dev.whence.model.Severity;
import dev.whence.query.page.Choice;
import dev.whence.query.page.Cursor;
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
@RequestMapping("/query/problems")
@Tag(name = "Problems")
class ProblemController {

	private final ProblemQueries problems;

	ProblemController(ProblemQueries problems) {
		this.problems = problems;
	}

	@GetMapping
	@Operation(summary = "Search kinds of problem, the latest seen first",
			description = "State (new, ongoing, regressed, resolved, ignored), severity and service may be lists, separated "
					+ "by commas.")
	ProblemView.Listing search(ProjectId project, @RequestParam(required = false) @Nullable String state,
			@RequestParam(required = false) @Nullable String severity,
			@RequestParam(required = false) @Nullable String service,
			@RequestParam(required = false) @Nullable String q, @RequestParam(required = false) @Nullable String cursor,
			@RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit) {
		List<ProblemView> found = this.problems.search(project, Choice.of(ProblemStateName.class, "state", state),
				Choice.of(Severity.class, "severity", severity), Choice.texts("service", service),
				QueryParameter.text("q", q), Cursor.parse(cursor), limit + 1);
		if (found.size() <= limit) {
			return new ProblemView.Listing(found, limit, null);
		}
		ProblemView last = found.get(limit - 1);
		return new ProblemView.Listing(found.subList(0, limit), limit,
				new Cursor(last.lastSeen(), last.fingerprint()).text());
	}

	@GetMapping("/{fingerprint}")
	@Operation(summary = "One kind of problem")
	ProblemView get(ProjectId project, @PathVariable String fingerprint) {
		return this.problems.find(project, fingerprint)
			.orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "Problem not found"));
	}

}
