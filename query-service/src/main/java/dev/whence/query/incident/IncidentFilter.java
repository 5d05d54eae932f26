package dev.whence.query.incident;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProjectId;
import dev.whence.model.Severity;
import dev.whence.model.TraceId;
import dev.whence.query.page.Choice;
import dev.whence.query.page.Cursor;
import dev.whence.query.page.QueryParameter;
import org.jspecify.annotations.Nullable;

/**
 * Which incidents a search wants; what is empty or null admits everything.
 *
 * @param services any of the affected services
 * @param assignees {@link #NOBODY} among them admits those that nobody has
 * @param text part of the title, of a service's or a problem's name or of a trace's id
 * @param trace any of the traces on which it was seen
 * @param from detected then or later
 * @param to detected before
 */
record IncidentFilter(List<IncidentStatus> statuses, List<Severity> severities, List<String> services,
		List<String> assignees, @Nullable String text, @Nullable TraceId trace, @Nullable Instant from,
		@Nullable Instant to) {

	static final String NOBODY = "none";

	/** Less than this would match everything. */
	private static final int SHORTEST_TEXT = 2;

	static IncidentFilter of(@Nullable String status, @Nullable String severity, @Nullable String service,
			@Nullable String assignee, @Nullable String q, @Nullable String trace, @Nullable String from,
			@Nullable String to) {
		String text = QueryParameter.text("q", q);
		if (text != null && text.strip().length() < SHORTEST_TEXT) {
			throw new ProblemException(ProblemCode.INVALID_PARAMETER,
					"The parameter 'q' has at least " + SHORTEST_TEXT + " characters");
		}
		return new IncidentFilter(Choice.of(IncidentStatus.class, "status", status),
				Choice.of(Severity.class, "severity", severity), Choice.texts("service", service),
				Choice.texts("assignee", assignee), (text != null) ? text.strip() : null,
				QueryParameter.trace("trace_id", trace), QueryParameter.time("from", from),
				QueryParameter.time("to", to));
	}

	/** The same without one of its conditions, for the counts of what one may choose. */
	IncidentFilter without(Facet facet) {
		return new IncidentFilter((facet == Facet.STATUS || facet == Facet.STATE) ? List.of() : this.statuses,
				(facet == Facet.SEVERITY) ? List.of() : this.severities,
				(facet == Facet.SERVICE) ? List.of() : this.services,
				(facet == Facet.ASSIGNEE) ? List.of() : this.assignees, this.text, this.trace, this.from, this.to);
	}

	Condition condition(ProjectId project) {
		Condition condition = new Condition(project);
		if (!this.statuses.isEmpty()) {
			condition.and("status = any(:statuses)", "statuses",
					IncidentStatus.stored(this.statuses).toArray(String[]::new));
		}
		if (!this.severities.isEmpty()) {
			condition.and("severity = any(:severities)", "severities",
					this.severities.stream().map(Severity::name).toArray(String[]::new));
		}
		if (!this.services.isEmpty()) {
			condition.and("affected_services && cast(:services as text[])", "services",
					this.services.toArray(String[]::new));
		}
		if (!this.assignees.isEmpty()) {
			String nobody = this.assignees.contains(NOBODY) ? " or assignee is null" : "";
			condition.and("(assignee = any(:assignees)" + nobody + ")", "assignees",
					this.assignees.toArray(String[]::new));
		}
		if (this.text != null) {
			condition.and("""
					(title ilike :text or exists (select 1 from unnest(affected_services) s where s ilike :text)
					 or id in (select incident_id from incidents.incident_member_view
					            where project_id = :project
					              and (title ilike :text or subject_kind = 'TRACE' and subject ilike :text)))""",
					"text", "%" + escaped(this.text) + "%");
		}
		if (this.trace != null) {
			condition.and("""
					id in (select incident_id from incidents.incident_trace_view
					        where project_id = :project and trace_id = :trace)""", "trace", this.trace.value());
		}
		if (this.from != null) {
			condition.and("detected_at >= :from", "from", this.from.atOffset(ZoneOffset.UTC));
		}
		if (this.to != null) {
			condition.and("detected_at < :to", "to", this.to.atOffset(ZoneOffset.UTC));
		}
		return condition;
	}

	private static String escaped(String text) {
		return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
	}

	/** What the answers to a search can be counted by. */
	enum Facet {

		STATUS, STATE, SEVERITY, SERVICE, ASSIGNEE;

		String wireName() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

	/** The filter in SQL. */
	static final class Condition {

		private final List<String> terms = new ArrayList<>(List.of("project_id = :project"));

		private final Map<String, Object> parameters = new HashMap<>();

		private Condition(ProjectId project) {
			this.parameters.put("project", project.value());
		}

		private void and(String term, String name, Object value) {
			this.terms.add(term);
			this.parameters.put(name, value);
		}

		/** Only what comes after the cursor. */
		Condition after(@Nullable Cursor cursor) {
			if (cursor != null) {
				and("(detected_at < :at or detected_at = :at and id > :after)", "at", cursor.utc());
				this.parameters.put("after", uuid(cursor.key()));
			}
			return this;
		}

		String where() {
			return String.join("\n and ", this.terms);
		}

		Map<String, Object> parameters() {
			return this.parameters;
		}

		private static UUID uuid(String key) {
			try {
				return UUID.fromString(key);
			}
			catch (IllegalArgumentException ex) {
				throw new ProblemException(ProblemCode.INVALID_PARAMETER,
						"The parameter 'cursor' is the next_cursor of a page");
			}
		}

	}

}
