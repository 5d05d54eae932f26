package dev.whence.query.pattern;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

import dev.whence.model.LogMask;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProjectId;
import dev.whence.query.page.QueryParameter;
import dev.whence.query.pattern.PatternView.Patterns;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/query/patterns")
@Tag(name = "Patterns")
class PatternController {

	private static final Duration USUAL_RANGE = Duration.ofHours(1);

	private static final int MOST_LINES = 5_000;

	private final PatternSearch search;

	private final PatternQueries queries;

	private final InstantSource clock;

	PatternController(PatternSearch search, PatternQueries queries, InstantSource clock) {
		this.search = search;
		this.queries = queries;
		this.clock = clock;
	}

	@GetMapping
	@Operation(summary = "The statements that services log, most frequent first",
			description = "Of the last hour unless from and to say otherwise. Counts are estimates where exact is false: "
					+ "then only the newest lines of each slice of the range were read.")
	Patterns search(ProjectId project, @RequestParam(required = false) @Nullable String service,
			@RequestParam(required = false) @Nullable String level,
			@RequestParam(required = false) @Nullable String from, @RequestParam(required = false) @Nullable String to,
			@RequestParam(defaultValue = "50") @Min(1) @Max(500) int limit) {
		Instant end = Objects.requireNonNullElseGet(QueryParameter.time("to", to), this.clock::instant);
		Instant begin = Objects.requireNonNullElseGet(QueryParameter.time("from", from), () -> end.minus(USUAL_RANGE));
		if (!begin.isBefore(end)) {
			throw new ProblemException(ProblemCode.INVALID_PARAMETER, "The parameter 'from' is before 'to'");
		}
		return this.search.search(project, QueryParameter.text("service", service), QueryParameter.text("level", level),
				begin, end, limit);
	}

	@PostMapping("/match")
	@Operation(summary = "The templates of log lines",
			description = "Answers each line in its order. Where known is false, the worker has not learned the line: "
					+ "it has the template it fits, or else the one it would begin.")
	Matches match(ProjectId project, @Valid @RequestBody Lines lines) {
		List<String> masked = lines.lines().stream().map(LogMask::of).toList();
		Templates templates = Templates.of(this.queries, project, lines.service(), masked);
		return new Matches(LogMask.VERSION, lines.service(), masked.stream().map((line) -> {
			KnownTemplate template = templates.get(line);
			return new Match(template.id(), template.text(), templates.hasLearned(line));
		}).toList());
	}

	/** Log lines of one service; empty for signals that name none. */
	record Lines(@Nullable String service, @NotNull @Size(max = MOST_LINES) List<@NotNull String> lines) {

		@Override
		public String service() {
			return Objects.requireNonNullElse(this.service, "");
		}

	}

	/**
	 * The answers.
	 *
	 * @param version of the masks: ids of different versions are not comparable
	 */
	record Matches(int version, String service, List<Match> matches) {
	}

	record Match(String id, String template, boolean known) {
	}

}
