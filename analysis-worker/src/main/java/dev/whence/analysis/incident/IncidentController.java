package dev.whence.analysis.incident;

import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProjectId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The transitions of incidents; reading them is the query service's part. */
@RestController
@Tag(name = "Incidents", description = "Acknowledge, resolve, close and reopen")
class IncidentController {

	private final IncidentLifecycle lifecycle;

	IncidentController(IncidentLifecycle lifecycle) {
		this.lifecycle = lifecycle;
	}

	@PostMapping("/query/incidents/{id}/{transition}")
	@Operation(summary = "Move an incident: acknowledge, resolve, close or reopen")
	Map<String, String> move(ProjectId project, @PathVariable String id, @PathVariable String transition,
			@Valid @RequestBody(required = false) @Nullable Move move) {
		IncidentTransition wanted = IncidentTransition.of(transition)
			.orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND,
					"an incident can be moved by acknowledge, resolve, close or reopen"));
		String actor = (move != null && move.actor() != null) ? move.actor() : "unknown";
		return this.lifecycle.move(project, parse(id), wanted, actor, (move != null) ? move.comment() : null)
			.map((incident) -> Map.of("id", incident.id().toString(), "status",
					incident.status().name().toLowerCase(Locale.ROOT)))
			.orElseThrow(IncidentController::unknown);
	}

	private static UUID parse(String id) {
		try {
			return UUID.fromString(id);
		}
		catch (IllegalArgumentException ex) {
			throw unknown();
		}
	}

	private static ProblemException unknown() {
		return new ProblemException(ProblemCode.NOT_FOUND, "Incident not found");
	}

	/** Who moves it, and why. */
	record Move(
			@Size(max = 200) @Pattern(regexp = "\\P{Cntrl}*",
					message = "must not contain control characters") @Nullable String actor,
			@Size(max = 2000) @Pattern(regexp = "[\\P{Cntrl}\\n\\r\\t]*",
					message = "must not contain control characters") @Nullable String comment) {
	}

}
