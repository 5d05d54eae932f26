package dev.whence.ingest.signal;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;

import dev.whence.ingest.intake.BodyReader;
import dev.whence.ingest.intake.Intake;
import dev.whence.ingest.intake.Received;
import dev.whence.ingest.json.JsonItem;
import dev.whence.ingest.json.RecordJson;
import dev.whence.ingest.json.Refusal;
import dev.whence.ingest.rejected.RecordedProblem;
import dev.whence.ingest.rejected.RefusedRequests;
import dev.whence.ingest.rejected.Rejections;
import dev.whence.ingest.rejected.Takes;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProjectId;
import dev.whence.model.SignalType;
import dev.whence.store.WriteOutcome;
import dev.whence.store.rejected.Transport;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** One signal per request. 202 means that it is stored, now or by an earlier request. */
@RestController
@Tag(name = "Ingest", description = "Native signals, one per request")
class SignalController {

	private final BodyReader bodies;

	private final RecordJson json;

	private final Intake intake;

	SignalController(BodyReader bodies, RecordJson json, Intake intake) {
		this.bodies = bodies;
		this.json = json;
		this.intake = intake;
	}

	@PostMapping("/ingest/logs")
	@Takes(transport = Transport.NATIVE, type = "log")
	@Operation(summary = "Store one log record")
	@Accepted
	void log(HttpServletRequest request, HttpServletResponse response, ProjectId project) throws IOException {
		accept(SignalType.LOG, request, response, project);
	}

	@PostMapping("/ingest/traces")
	@Takes(transport = Transport.NATIVE, type = "trace")
	@Operation(summary = "Store one span")
	@Accepted
	void span(HttpServletRequest request, HttpServletResponse response, ProjectId project) throws IOException {
		accept(SignalType.TRACE, request, response, project);
	}

	@PostMapping("/ingest/metrics")
	@Takes(transport = Transport.NATIVE, type = "metric")
	@Operation(summary = "Store one metric point")
	@Accepted
	void point(HttpServletRequest request, HttpServletResponse response, ProjectId project) throws IOException {
		accept(SignalType.METRIC, request, response, project);
	}

	private void accept(SignalType type, HttpServletRequest request, HttpServletResponse response, ProjectId project)
			throws IOException {
		if (BodyType.of(request.getContentType()) == BodyType.LINES) {
			throw new ProblemException(ProblemCode.UNSUPPORTED_MEDIA_TYPE,
					"This path takes one signal as application/json; many go to /ingest/batch");
		}
		WriteOutcome outcome = this.bodies.read(request, (body, limits) -> {
			limits.addRecord();
			Received received = read(project, type, this.json.parse(body, limits), body);
			return this.intake.accept(project, List.of(received), Transport.NATIVE).getFirst();
		});
		Answer.write(response, outcome);
	}

	private Received read(ProjectId project, SignalType type, JsonItem item, byte[] body) {
		Reading reading = switch (item) {
			case JsonItem.Parsed(var fields) ->
				NativeSignals.read(type, fields, this.json.identify(type.wireName(), fields));
			case Refusal refusal -> new Reading.Refused(refusal);
		};
		return switch (reading) {
			case Reading.Taken(Received received) -> received;
			case Reading.Refused(Refusal refusal) -> {
				ProblemException problem = refusal.toProblem();
				Rejections rejections = new Rejections(Transport.NATIVE);
				rejections.add(type.wireName(), refusal.reason(), problem.detail(), NativeSignals.serviceOf(item),
						NativeSignals.idOf(item), () -> RefusedRequests.excerpt(body, 0, body.length));
				this.intake.reject(project, rejections);
				throw new RecordedProblem(problem);
			}
		};
	}

	/** Describes the answer, which no return type does. */
	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@ApiResponse(responseCode = "202", description = "Stored, now or by an earlier request",
			content = @Content(mediaType = "application/json", schema = @Schema(implementation = Answer.class)))
	private @interface Accepted {

	}

}
