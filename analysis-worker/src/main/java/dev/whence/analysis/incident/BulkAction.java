package dev.whence.analysis.incident;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * One action on many incidents; the fields are those of {@link ActionBody}. Splitting is
 * about the problems of one incident and so is not among them.
 */
record BulkAction(@NotNull String action, @NotEmpty @Size(max = 200) List<@Nullable String> ids,
		@Size(max = 200) @Pattern(regexp = "\\P{Cntrl}*",
				message = "must not contain control characters") @Nullable String actor,
		@Size(max = 2000) @Pattern(regexp = "[\\P{Cntrl}\\n\\r\\t]*",
				message = "must not contain control characters") @Nullable String comment,
		@Size(max = 200) @Pattern(regexp = "\\P{Cntrl}*",
				message = "must not contain control characters") @Nullable String assignee,
		@Nullable Instant until, @JsonProperty("until_escalates") @Nullable Boolean untilEscalates,
		@JsonProperty("rate_factor") @Nullable Double rateFactor, @Nullable UUID into) {

	private static final List<String> VERBS = List.of("acknowledge", "assign", "comments", "resolve", "close", "reopen",
			"snooze", "merge", "ignore");

	IncidentAction parsed() {
		if (!VERBS.contains(this.action)) {
			throw ActionBody.invalid("action", "is one of " + String.join(", ", VERBS));
		}
		return asBody().action(this.action);
	}

	/** An id that is named twice is one incident. */
	List<String> distinctIds() {
		return this.ids.stream().map((id) -> Objects.requireNonNullElse(id, "")).distinct().toList();
	}

	ActionBody asBody() {
		return new ActionBody(this.actor, this.comment, null, this.assignee, this.until, this.untilEscalates,
				this.rateFactor, this.into, null, null);
	}

}
