package dev.whence.query.analysis;

import dev.whence.model.ProjectId;
import dev.whence.query.page.QueryParameter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Analyses")
class AccuracyController {

	private final AccuracyQueries accuracy;

	AccuracyController(AccuracyQueries accuracy) {
		this.accuracy = accuracy;
	}

	@GetMapping("/query/analysis/accuracy")
	@Operation(summary = "How many analyses were right, as people said",
			description = "By verdict, and by the rank that the true service had.")
	Accuracy accuracy(ProjectId project, @RequestParam(required = false) @Nullable String from,
			@RequestParam(required = false) @Nullable String to) {
		return this.accuracy.accuracy(project, QueryParameter.time("from", from), QueryParameter.time("to", to));
	}

}
