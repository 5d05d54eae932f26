package dev.whence.analysis.incident;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** How an incident should be; what is absent stays. */
record IncidentPatch(@Nullable String status,
		@Size(max = 200) @Pattern(regexp = "\\P{Cntrl}*",
				message = "must not contain control characters") @Nullable String assignee,
		@Size(max = 200) @Pattern(regexp = "\\P{Cntrl}*",
				message = "must not contain control characters") @Nullable String actor,
		@Size(max = 2000) @Pattern(regexp = "[\\P{Cntrl}\\n\\r\\t]*",
				message = "must not contain control characters") @Nullable String comment,
		@JsonProperty("expected_revision") @Nullable Long expectedRevision) {

	List<IncidentAction> actions() {
		List<IncidentAction> actions = new ArrayList<>();
		if (this.status != null) {
			actions.add(new IncidentAction.Move(switch (this.status.toLowerCase(Locale.ROOT)) {
				case "open" -> IncidentTransition.REOPEN;
				case "acknowledged", "investigating" -> IncidentTransition.ACKNOWLEDGE;
				case "resolved" -> IncidentTransition.RESOLVE;
				case "closed" -> IncidentTransition.CLOSE;
				default ->
					throw ActionBody.invalid("status", "is one of open, acknowledged, investigating, resolved, closed");
			}));
		}
		if (this.assignee != null) {
			actions.add(new IncidentAction.Assign(this.assignee.strip()));
		}
		if (actions.isEmpty()) {
			throw ActionBody.invalid("status", "is needed, or assignee");
		}
		return actions;
	}

	ActionBody asBody() {
		return new ActionBody(this.actor, this.comment, this.expectedRevision, null, null, null, null, null, null,
				null);
	}

	ActionBody asLaterBody() {
		return new ActionBody(this.actor, this.comment, null, null, null, null, null, null, null, null);
	}

}
