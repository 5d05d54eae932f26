package dev.whence.ingest.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.whence.ingest.intake.BodyReader;
import dev.whence.ingest.intake.Intake;
import dev.whence.ingest.json.JsonItem;
import dev.whence.ingest.json.RecordJson;
import dev.whence.ingest.json.RecordJson.Element;
import dev.whence.ingest.json.Refusal;
import dev.whence.ingest.rejected.RecordedProblem;
import dev.whence.ingest.rejected.RefusedRequests;
import dev.whence.ingest.rejected.Rejections;
import dev.whence.ingest.rejected.Takes;
import dev.whence.model.ProblemException.FieldError;
import dev.whence.model.ProjectId;
import dev.whence.store.RunSubmission;
import dev.whence.store.WriteOutcome;
import dev.whence.store.rejected.Transport;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Events of decision runs, as X-Ray's clients send them. */
@RestController
@Tag(name = "Decision runs", description = "Runs of LLM, retrieval and ranking pipelines, and what each step dropped")
class RunEventController {

	/** Stored in one transaction, within the time that a statement has. */
	static final int MOST_EVENTS = 10_000;

	/** A step may list many candidates before a sample is taken. */
	private static final int MOST_VALUES = 2_000_000;

	/** What is wrong beyond this is seen once these are mended. */
	private static final int ERRORS = 5;

	private final BodyReader bodies;

	private final RecordJson json;

	private final RunEventJson events;

	private final RunIntake runs;

	private final Intake intake;

	RunEventController(BodyReader bodies, RecordJson json, RunEventJson events, RunIntake runs, Intake intake) {
		this.bodies = bodies;
		this.json = json;
		this.events = events;
		this.runs = runs;
		this.intake = intake;
	}

	@PostMapping("/ingest")
	@Takes(transport = Transport.XRAY, type = Rejections.RUN_TYPE)
	@Operation(summary = "Store events of decision runs",
			description = "Up to 10,000 events of the types run_start, run_complete, run_failed, step_start, "
					+ "step_complete and step_failed; other types are kept as they are. Data need an id (a UUID), steps "
					+ "a run_id besides. Events may come in any order, split and repeated: a run is what its events say "
					+ "together. Lists of more than 1,000 candidates are sampled, their counts stay exact. A bad event "
					+ "fails none of its neighbours; a request of which no event can be taken is a 422.",
			requestBody = @RequestBody(required = true, content = @Content(mediaType = "application/json",
					schema = @Schema(implementation = PostedRunEvents.class),
					examples = @ExampleObject("""
							{"events": [{"type": "step_complete", "data": {
							"id": "7b5cf6c8-6fae-4ac5-8d3c-0a4f4c2a7a11", "run_id": "3f0f7c3e-6c0b-4c0e-9a39-1f2b7f6a1d10",
							"name": "price filter", "type": "filter", "inputs": {"candidate_count": 50},
							"outputs": {"survivor_count": 2}, "metadata": {"rejection_histogram": {"too dear": 48}},
							"started_at": "2026-01-19T01:02:03Z", "completed_at": "2026-01-19T01:02:03.2Z"}}]}"""))))
	RunAnswer store(HttpServletRequest request, ProjectId project) throws IOException {
		return this.bodies.read(request, (body, limits) -> store(project,
				this.json.member(body, "events", "data", MOST_EVENTS, MOST_VALUES, limits)));
	}

	private RunAnswer store(ProjectId project, List<Element> elements) {
		Rejections rejections = new Rejections(Transport.XRAY);
		List<RunSubmission> taken = new ArrayList<>(elements.size());
		List<RunAnswer.@Nullable Result> results = new ArrayList<>(elements.size());
		Refusal first = null;
		for (int i = 0; i < elements.size(); i++) {
			switch (this.events.read(elements.get(i))) {
				case RunEventReading.Taken(RunSubmission submission) -> {
					taken.add(submission);
					results.add(null);
				}
				case RunEventReading.Refused(Refusal refusal) -> {
					results.add(rejected(i, refusal));
					first = (first != null) ? first : refusal.under("/events/" + i);
					reject(rejections, elements.get(i), refusal);
				}
			}
		}
		List<WriteOutcome> outcomes = this.runs.accept(project, taken);
		this.intake.reject(project, rejections);
		if (taken.isEmpty() && first != null) {
			throw new RecordedProblem(first.toProblem());
		}
		return answer(results, outcomes);
	}

	private static RunAnswer answer(List<RunAnswer.@Nullable Result> rejected, List<WriteOutcome> outcomes) {
		List<RunAnswer.Result> results = new ArrayList<>(rejected.size());
		int duplicates = 0;
		int next = 0;
		for (int i = 0; i < rejected.size(); i++) {
			RunAnswer.Result result = rejected.get(i);
			if (result == null) {
				WriteOutcome outcome = outcomes.get(next++);
				duplicates += (outcome != WriteOutcome.STORED) ? 1 : 0;
				result = new RunAnswer.Result(i, outcome.name().toLowerCase(Locale.ROOT), List.of());
			}
			results.add(result);
		}
		return new RunAnswer("ok", next, duplicates, results.size() - next, results);
	}

	private static RunAnswer.Result rejected(int index, Refusal refusal) {
		List<FieldError> errors = refusal.under("/events/" + index).errors();
		return new RunAnswer.Result(index, "rejected", errors.stream().limit(ERRORS).toList());
	}

	private static void reject(Rejections rejections, Element element, Refusal refusal) {
		rejections.add(Rejections.RUN_TYPE, refusal.reason(), refusal.detail(), null, runOf(element.item()),
				() -> RefusedRequests.excerpt(element.text(), element.from(), element.to()));
	}

	private static @Nullable String runOf(JsonItem item) {
		return (item instanceof JsonItem.Parsed(var fields) && fields.get("data") instanceof Map<?, ?> data
				&& data.get("id") instanceof String id) ? id : null;
	}

}
