package dev.whence.analysis.alert;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import dev.whence.analysis.observation.AlertFirings;
import dev.whence.analysis.observation.Firing;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProblemException.FieldError;
import dev.whence.model.ProjectId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Alertmanager's API v2, as far as Prometheus uses it, and the receiving end of
 * Alertmanager's webhook.
 */
@RestController
@Tag(name = "Alerts", description = "Alerts of Prometheus and Alertmanager, as observations of incidents")
class AlertController {

	/** More alerts at once nobody reads. */
	private static final int MAX_LISTED = 5_000;

	private final AlertReader reader;

	private final AlertIntake intake;

	private final AlertFirings firings;

	private final AlertProperties properties;

	private final InstantSource clock;

	AlertController(AlertReader reader, AlertIntake intake, AlertFirings firings, AlertProperties properties,
			InstantSource clock) {
		this.reader = reader;
		this.intake = intake;
		this.firings = firings;
		this.properties = properties;
		this.clock = clock;
	}

	@PostMapping(path = "/api/v2/alerts", consumes = "application/json")
	@Operation(summary = "Post alerts, as Prometheus does",
			description = "A list of alerts, taken as Alertmanager takes them: a missing startsAt is now, an endsAt in "
					+ "the past closes the alert, one in the future is when it ends unless it is posted again. An "
					+ "alert is an observation and opens or joins an incident. The labels alertname, service, "
					+ "instance, host, caller, operation and status and the annotations message and count mean "
					+ "something to the analysis. The label severity: critical and page are CRITICAL, error and high "
					+ "HIGH, info and low LOW, everything else MEDIUM. An alert that cannot be taken is named and "
					+ "does not cost its neighbours. Posting the same again changes nothing.",
			requestBody = @RequestBody(required = true,
					content = @Content(mediaType = "application/json",
							array = @ArraySchema(schema = @Schema(implementation = PostedAlert.class)))))
	@ApiResponse(responseCode = "200", description = "All alerts are stored")
	void post(HttpServletRequest request, ProjectId project) throws IOException {
		take(project, this.reader.readArray(body(request)), this.properties.resolveTimeout());
	}

	@PostMapping(path = "/api/v2/alerts/webhook", consumes = "application/json")
	@Operation(summary = "Receive Alertmanager's webhook, version 4",
			description = "The alerts of the notification are taken as if they had been posted; the rest is ignored.",
			requestBody = @RequestBody(required = true, content = @Content(mediaType = "application/json")))
	@ApiResponse(responseCode = "200", description = "All alerts are stored")
	void webhook(HttpServletRequest request, ProjectId project) throws IOException {
		take(project, this.reader.readWebhook(body(request)), this.properties.webhookTimeout());
	}

	@GetMapping("/api/v2/alerts")
	@Operation(summary = "The alerts that fire now, or fired between two times, in Alertmanager's form",
			description = "Newest first, at most 5,000; incident_id names the incident, once there is one. With from "
					+ "or to, every alert that fired at any time between them, those that have ended included.")
	List<AlertView> list(ProjectId project, @RequestParam(required = false) @Nullable Instant from,
			@RequestParam(required = false) @Nullable Instant to) {
		List<Firing> found = (from == null && to == null)
				? this.firings.active(project, this.clock.instant(), MAX_LISTED) : this.firings.between(project,
						(from != null) ? from : Instant.EPOCH, (to != null) ? to : this.clock.instant(), MAX_LISTED);
		return found.stream().map((firing) -> AlertView.of(firing, this.clock.instant())).toList();
	}

	private void take(ProjectId project, AlertReader.Reading reading, Duration timeout) {
		this.intake.take(project, reading.alerts(), timeout);
		if (!reading.errors().isEmpty()) {
			FieldError first = reading.errors().getFirst();
			throw new ProblemException(ProblemCode.INVALID_FIELD,
					reading.errors().size() + " alerts cannot be taken, the other " + reading.alerts().size()
							+ " are stored; the first: " + first.pointer() + " " + first.message(),
					reading.errors(), null);
		}
	}

	private byte[] body(HttpServletRequest request) throws IOException {
		int limit = (int) this.properties.maxBody().toBytes();
		byte[] body = request.getInputStream().readNBytes(limit + 1);
		if (body.length > limit) {
			throw new ProblemException(ProblemCode.BODY_TOO_LARGE, "A body may have " + limit + " bytes");
		}
		return body;
	}

}
