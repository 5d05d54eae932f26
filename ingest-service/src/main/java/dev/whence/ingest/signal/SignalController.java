package dev.whence.ingest.signal;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.whence.ingest.intake.BodyReader;
import dev.whence.ingest.intake.Intake;
import dev.whence.ingest.intake.Received;
import dev.whence.ingest.rejected.RefusedRequests;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProjectId;
import dev.whence.model.SignalType;
import dev.whence.store.Transport;
import dev.whence.store.WriteOutcome;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** One signal per request. 202 means that it is stored, now or by an earlier request. */
@RestController
@Tag(name = "Ingest", description = "Native signals, one per request")
class SignalController {

	private final BodyReader bodies;

	private final SignalJson json;

	private final Intake intake;

	SignalController(BodyReader bodies, SignalJson json, Intake intake) {
		this.bodies = bodies;
		this.json = json;
		this.intake = intake;
	}

	@PostMapping("/ingest/logs")
	@Operation(summary = "Store one log record")
	ResponseEntity<Map<String, String>> log(HttpServletRequest request, ProjectId project) throws IOException {
		return accept(SignalType.LOG, request, project);
	}

	@PostMapping("/ingest/traces")
	@Operation(summary = "Store one span")
	ResponseEntity<Map<String, String>> span(HttpServletRequest request, ProjectId project) throws IOException {
		return accept(SignalType.TRACE, request, project);
	}

	@PostMapping("/ingest/metrics")
	@Operation(summary = "Store one metric point")
	ResponseEntity<Map<String, String>> point(HttpServletRequest request, ProjectId project) throws IOException {
		return accept(SignalType.METRIC, request, project);
	}

	private ResponseEntity<Map<String, String>> accept(SignalType type, HttpServletRequest request, ProjectId project)
			throws IOException {
		if (BodyType.of(request.getContentType()) == BodyType.LINES) {
			throw new ProblemException(ProblemCode.UNSUPPORTED_MEDIA_TYPE,
					"this path takes one signal as application/json; many go to /ingest/batch");
		}
		WriteOutcome outcome = this.bodies.read(request,
				(body) -> this.intake.accept(project, List.of(read(type, body, request)), Transport.NATIVE).getFirst());
		return ResponseEntity.status(HttpStatus.ACCEPTED).body(answer(outcome));
	}

	private Received read(SignalType type, byte[] bytes, HttpServletRequest request) {
		JsonItem item = this.json.parse(bytes);
		Reading reading = switch (item) {
			case JsonItem.Parsed(var fields) ->
				NativeSignals.read(type, fields, this.json.identify(type.wireName(), fields));
			case Refusal refusal -> refusal;
		};
		return switch (reading) {
			case Reading.Taken(Received received) -> received;
			case Refusal refusal -> {
				RefusedRequests.describe(request, refusal.reason(), NativeSignals.serviceOf(item),
						NativeSignals.idOf(item));
				throw refusal.toProblem();
			}
		};
	}

	private static Map<String, String> answer(WriteOutcome outcome) {
		return switch (outcome) {
			case STORED -> Map.of("status", "accepted");
			case DUPLICATE, CONFLICT ->
				Map.of("status", "accepted", "outcome", outcome.name().toLowerCase(Locale.ROOT));
		};
	}

}
