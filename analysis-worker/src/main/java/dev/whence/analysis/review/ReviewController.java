package dev.whence.analysis.review;

import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.analysis.incident.Author;
import dev.whence.analysis.incident.IncidentArchive;
import dev.whence.analysis.job.JobRunner;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.UuidText;
import dev.whence.support.security.Credential;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/query/incidents/{id}/analysis")
@Tag(name = "Analyses", description = "Ask for an analysis, and say whether it was right")
class ReviewController {

	private final IncidentArchive incidents;

	private final FeedbackStore feedback;

	private final JobRunner runner;

	ReviewController(IncidentArchive incidents, FeedbackStore feedback, JobRunner runner) {
		this.incidents = incidents;
		this.feedback = feedback;
		this.runner = runner;
	}

	@PostMapping("/rerun")
	@ResponseStatus(HttpStatus.ACCEPTED)
	@Operation(summary = "Analyse an incident again",
			description = "The incident gets another version and that version an analysis; earlier ones are kept. Asking "
					+ "again while one is pending gives the same answer.")
	Rerun rerun(Credential credential, @PathVariable String id,
			@Valid @RequestBody(required = false) @Nullable Ask ask) {
		UUID incident = parse(id, "Incident not found");
		Author author = Author.of(credential, (ask != null) ? ask.actor() : null);
		long version = this.incidents
			.requestAnalysis(credential.project(), incident, author, (ask != null) ? ask.comment() : null)
			.orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "Incident not found"));
		this.runner.wake();
		return new Rerun("accepted", incident, version,
				"/query/incidents/" + incident + "/analysis?version=" + version);
	}

	@PostMapping("/feedback")
	@Operation(summary = "Say whether an analysis was right",
			description = "It is kept with the version that was analysed. The newest word of each person counts.")
	Feedback feedback(Credential credential, @PathVariable String id, @Valid @RequestBody Judgement judgement) {
		UUID incident = parse(id, "Analysis not found for this incident");
		return this.feedback
			.put(credential.project(), incident, judgement.incidentVersion(), judgement.right(), judgement.service(),
					judgement.note(), Author.of(credential, judgement.actor()))
			.orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "Analysis not found for this incident"));
	}

	private static UUID parse(String id, String otherwise) {
		return UuidText.canonical(id).orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, otherwise));
	}

	/** Who asks, and why. */
	record Ask(
			@Size(max = 200) @Pattern(regexp = "\\P{Cntrl}*",
					message = "must not contain control characters") @Nullable String actor,
			@Size(max = 2000) @Pattern(regexp = "[\\P{Cntrl}\\n\\r\\t]*",
					message = "must not contain control characters") @Nullable String comment) {
	}

	/**
	 * An analysis that will be.
	 *
	 * @param analysis where it can be read then
	 */
	record Rerun(String status, @JsonProperty("incident_id") UUID incidentId,
			@JsonProperty("incident_version") long incidentVersion, String analysis) {
	}

	/**
	 * What somebody says about an analysis.
	 *
	 * @param service which service it was
	 * @param incidentVersion which analysis is meant; the newest when absent
	 */
	record Judgement(@NotNull Boolean right,
			@Size(max = 255) @Pattern(regexp = "\\P{Cntrl}*",
					message = "must not contain control characters") @Nullable String service,
			@Size(max = 2000) @Pattern(regexp = "[\\P{Cntrl}\\n\\r\\t]*",
					message = "must not contain control characters") @Nullable String note,
			@JsonProperty("incident_version") @Nullable Long incidentVersion,
			@Size(max = 200) @Pattern(regexp = "\\P{Cntrl}*",
					message = "must not contain control characters") @Nullable String actor) {

		Judgement {
			service = (service != null && service.isBlank()) ? null : service;
		}

	}

}
