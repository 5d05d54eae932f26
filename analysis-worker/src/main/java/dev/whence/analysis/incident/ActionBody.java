package dev.whence.analysis.incident;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProblemException.FieldError;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What an action needs besides its name: who does it, and why; the rest is for the one
 * action that knows it.
 *
 * @param expectedRevision refuses the action when the incident has another one
 * @param assignee for assign; empty to take it back
 * @param until for snooze
 * @param untilEscalates for snooze
 * @param rateFactor for snooze: by how much the rate has to grow
 * @param into for merge
 * @param fingerprints for split: the problems that leave
 * @param traces for split: the traces that leave
 */
record ActionBody(
		@Size(max = 200) @Pattern(regexp = "\\P{Cntrl}*",
				message = "must not contain control characters") @Nullable String actor,
		@Size(max = 2000) @Pattern(regexp = "[\\P{Cntrl}\\n\\r\\t]*",
				message = "must not contain control characters") @Nullable String comment,
		@JsonProperty("expected_revision") @Nullable Long expectedRevision,
		@Size(max = 200) @Pattern(regexp = "\\P{Cntrl}*",
				message = "must not contain control characters") @Nullable String assignee,
		@Nullable Instant until, @JsonProperty("until_escalates") @Nullable Boolean untilEscalates,
		@JsonProperty("rate_factor") @Nullable Double rateFactor, @Nullable UUID into,
		@Size(max = 200) @Nullable List<@Nullable String> fingerprints,
		@Size(max = 200) @Nullable List<@Nullable String> traces) {

	static final String VERBS = "acknowledge, assign, comments, resolve, close, reopen, snooze, merge, split or ignore";

	/** Less growth than this is chance. */
	private static final double LEAST_FACTOR = 1.1;

	/** More growth than this is never seen. */
	private static final double LARGEST_FACTOR = 1000;

	static final ActionBody EMPTY = new ActionBody(null, null, null, null, null, null, null, null, null, null);

	/**
	 * @throws ProblemException when there is no such action, or a field that it needs is
	 * missing
	 */
	IncidentAction action(String verb) {
		return switch (verb) {
			case "assign" ->
				new IncidentAction.Assign(needed("assignee", this.assignee, "a name or an address").strip());
			case "comments" -> {
				if (needed("comment", this.comment, "what is to be said").isBlank()) {
					throw invalid("comment", "is empty");
				}
				yield new IncidentAction.Remark();
			}
			case "snooze" -> new IncidentAction.Rest(terms());
			case "merge" -> new IncidentAction.Merge(needed("into", this.into, "the id of another incident"));
			case "split" -> new IncidentAction.Split(set("fingerprints", this.fingerprints), leaving());
			case "ignore" -> new IncidentAction.Ignore();
			default -> new IncidentAction.Move(IncidentTransition.of(verb)
				.orElseThrow(
						() -> new ProblemException(ProblemCode.NOT_FOUND, "An incident can be moved by " + VERBS)));
		};
	}

	static ProblemException invalid(String field, String message) {
		return new ProblemException(ProblemCode.INVALID_FIELD, field + " " + message,
				List.of(new FieldError("/" + field, message)), null);
	}

	private Snooze.Terms terms() {
		boolean escalation = Boolean.TRUE.equals(this.untilEscalates) || this.rateFactor != null;
		if (this.until == null && !escalation) {
			throw invalid("until", "is needed, or until_escalates");
		}
		if (this.rateFactor != null && (this.rateFactor < LEAST_FACTOR || this.rateFactor > LARGEST_FACTOR)) {
			throw invalid("rate_factor", "lies between " + LEAST_FACTOR + " and " + LARGEST_FACTOR);
		}
		Double factor = (this.rateFactor != null) ? this.rateFactor : Snooze.Terms.DEFAULT_FACTOR;
		return new Snooze.Terms(this.until, escalation ? factor : null);
	}

	private Set<String> leaving() {
		if (this.fingerprints == null && this.traces == null) {
			throw invalid("fingerprints", "is needed, or traces: what leaves");
		}
		return set("traces", this.traces);
	}

	private static Set<String> set(String field, @Nullable List<@Nullable String> values) {
		Set<String> set = new TreeSet<>();
		for (String value : (values != null) ? values : List.<@Nullable String>of()) {
			set.add(needed(field, value, "text"));
		}
		return set;
	}

	private static <T> T needed(String field, @Nullable T value, String meaning) {
		if (value == null) {
			throw invalid(field, "is needed: " + meaning);
		}
		return value;
	}

}
