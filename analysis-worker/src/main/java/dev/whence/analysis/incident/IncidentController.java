package dev.whence.analysis.incident;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.whence.analysis.incident.ActionOutcome.Conflicting;
import dev.whence.analysis.incident.ActionOutcome.Done;
import dev.whence.analysis.incident.ActionOutcome.Invalid;
import dev.whence.analysis.incident.ActionOutcome.Unknown;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.UuidText;
import dev.whence.support.problem.ProblemBody;
import dev.whence.support.security.Credential;
import dev.whence.support.web.CorrelationId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What people do with incidents; reading them is the query service's part. */
@RestController
@RequestMapping("/query/incidents")
@Tag(name = "Incidents", description = "Search, read and handle incidents")
class IncidentController {

	private final IncidentLifecycle lifecycle;

	IncidentController(IncidentLifecycle lifecycle) {
		this.lifecycle = lifecycle;
	}

	@PostMapping("/{id}/{action}")
	@Operation(summary = "Act on an incident", description = "The action is one of " + ActionBody.VERBS
			+ ". Repeating one changes nothing. 409 with the current state when the incident cannot be moved so, "
			+ "or has not the expected revision.")
	ResponseEntity<Object> act(Credential credential, @PathVariable String id, @PathVariable String action,
			@Valid @RequestBody(required = false) @Nullable ActionBody body, HttpServletRequest request) {
		ActionBody given = (body != null) ? body : ActionBody.EMPTY;
		return answer(act(credential, id, given.action(action), given), request);
	}

	@PatchMapping("/{id}")
	@Operation(summary = "Set the status or the assignee of an incident",
			description = "The status is open, acknowledged (or investigating), resolved or closed.")
	ResponseEntity<Object> patch(Credential credential, @PathVariable String id,
			@Valid @RequestBody IncidentPatch patch, HttpServletRequest request) {
		List<IncidentAction> actions = patch.actions();
		ActionOutcome outcome = new Unknown();
		boolean changed = false;
		for (int i = 0; i < actions.size(); i++) {
			// The second sees what the first has made of it.
			outcome = act(credential, id, actions.get(i), (i == 0) ? patch.asBody() : patch.asLaterBody());
			if (!(outcome instanceof Done done)) {
				break;
			}
			changed |= done.changed();
			outcome = new Done(done.incident(), changed, null);
		}
		return answer(outcome, request);
	}

	@PostMapping("/bulk")
	@Operation(summary = "Act on many incidents",
			description = "Each is handled on its own: the answer tells for every id what came of it.")
	BulkResult bulk(Credential credential, @Valid @RequestBody BulkAction bulk) {
		IncidentAction action = bulk.parsed();
		List<BulkResult.Item> items = new ArrayList<>();
		for (String id : bulk.distinctIds()) {
			items.add(BulkResult.Item.of(id, act(credential, id, action, bulk.asBody())));
		}
		return BulkResult.of(items);
	}

	private ActionOutcome act(Credential credential, String id, IncidentAction action, ActionBody body) {
		return UuidText.canonical(id)
			.map((incident) -> this.lifecycle.act(credential.project(), incident, action,
					Author.of(credential, body.actor()), body.comment(), body.expectedRevision()))
			.orElseGet(Unknown::new);
	}

	private static ResponseEntity<Object> answer(ActionOutcome outcome, HttpServletRequest request) {
		return switch (outcome) {
			case Done done -> ResponseEntity.ok(new Moved(done.incident(), done.changed(), done.splitOff()));
			case Conflicting conflict -> ResponseEntity.status(ProblemCode.CONFLICT.status())
				.contentType(MediaType.parseMediaType(ProblemBody.MEDIA_TYPE))
				.body(Refusal.of(conflict, request));
			case Invalid invalid -> throw ActionBody.invalid(invalid.field(), invalid.reason());
			case Unknown _ -> throw new ProblemException(ProblemCode.NOT_FOUND, "Incident not found");
		};
	}

	/**
	 * The incident afterwards.
	 *
	 * @param changed false when it was so already
	 */
	record Moved(@JsonUnwrapped IncidentState incident, boolean changed,
			@JsonProperty("split_off") @Nullable UUID splitOff) {
	}

	/** Why not, with the incident as it is. */
	record Refusal(@JsonUnwrapped ProblemBody problem, IncidentState current) {

		static Refusal of(Conflicting conflict, HttpServletRequest request) {
			return new Refusal(ProblemBody.of(new ProblemException(ProblemCode.CONFLICT, conflict.reason()),
					request.getRequestURI(), CorrelationId.of(request).value()), conflict.incident());
		}

	}

}
