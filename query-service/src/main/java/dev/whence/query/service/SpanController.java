package dev.whence.query.service;

import java.util.Objects;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProjectId;
import dev.whence.model.TraceId;
import dev.whence.query.page.QueryParameter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Traces")
class SpanController {

	private final SpanRanks ranks;

	SpanController(SpanRanks ranks) {
		this.ranks = ranks;
	}

	@GetMapping("/query/spans/{trace}/{span}/percentile")
	@Operation(summary = "How long a span took beside others of its operation",
			description = "Beside those that began within half an hour of it; where they are fewer than 100, beside those of "
					+ "the day before as well. Within 2.2 %: durations are kept in buckets. The halves of a shared span are "
					+ "told apart by their service.")
	PercentileView percentile(ProjectId project, @PathVariable String trace, @PathVariable String span,
			@RequestParam(required = false) @Nullable String service) {
		return rank(project, trace, span, service);
	}

	@GetMapping("/query/spans/percentile")
	@Operation(summary = "The same for ids that no path can hold")
	PercentileView percentileOf(ProjectId project, @RequestParam("trace_id") String trace,
			@RequestParam("span_id") String span, @RequestParam(required = false) @Nullable String service) {
		return rank(project, trace, span, service);
	}

	private PercentileView rank(ProjectId project, String trace, String span, @Nullable String service) {
		String id = QueryParameter.text("trace_id", trace);
		if (id == null || id.length() > TraceId.MAX_LENGTH) {
			throw notFound();
		}
		return this.ranks
			.rank(project, new TraceId(id), Objects.requireNonNullElse(QueryParameter.text("span_id", span), ""),
					QueryParameter.text("service", service))
			.orElseThrow(SpanController::notFound);
	}

	private static ProblemException notFound() {
		return new ProblemException(ProblemCode.NOT_FOUND, "Span not found");
	}

}
