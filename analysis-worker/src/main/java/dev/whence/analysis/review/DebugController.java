package dev.whence.analysis.review;

import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.analysis.incident.Author;
import dev.whence.analysis.incident.IncidentArchive;
import dev.whence.analysis.job.JobKind;
import dev.whence.analysis.job.JobQueue;
import dev.whence.analysis.job.JobRunner;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProblemSubject;
import dev.whence.model.TraceId;
import dev.whence.support.security.Credential;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The original's way to have a trace analysed at once. As there, the answer says that it
 * will be tried: a trace that nobody has heard of is found to be empty later.
 */
@RestController
@Tag(name = "Analyses")
class DebugController {

	private final IncidentArchive incidents;

	private final JobQueue queue;

	private final JobRunner runner;

	DebugController(IncidentArchive incidents, JobQueue queue, JobRunner runner) {
		this.incidents = incidents;
		this.queue = queue;
		this.runner = runner;
	}

	@PostMapping("/debug/analyze/{traceId}")
	@ResponseStatus(HttpStatus.ACCEPTED)
	@Operation(summary = "Analyse the incident of a trace at once",
			description = "A trace that belongs to none yet is grouped first.")
	Queued analyze(Credential credential, @PathVariable String traceId) {
		if (traceId.length() > TraceId.MAX_LENGTH || traceId.indexOf('\0') >= 0) {
			throw new ProblemException(ProblemCode.INVALID_PARAMETER,
					"The parameter 'trace_id' has at most " + TraceId.MAX_LENGTH + " characters, none of them NUL");
		}
		TraceId trace = new TraceId(traceId);
		this.incidents.ofTrace(credential.project(), trace)
			.ifPresentOrElse(
					(incident) -> this.incidents.requestAnalysis(credential.project(), incident,
							Author.of(credential, null), "of trace " + traceId),
					() -> this.queue.wantAnother(credential.project(), JobKind.GROUP,
							new ProblemSubject(ProblemSubject.Kind.TRACE, trace.value()).toString()));
		this.runner.wake();
		return new Queued("accepted", traceId, UUID.randomUUID(), "Analysis task queued");
	}

	/** The original's answer, word by word. */
	record Queued(String status, @JsonProperty("trace_id") String traceId, @JsonProperty("task_id") UUID taskId,
			String message) {
	}

}
