package dev.whence.query.incident;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProjectId;
import dev.whence.model.Severity;
import dev.whence.model.TraceId;
import dev.whence.query.page.Choice;
import dev.whence.query.page.Cursor;
import dev.whence.query.page.QueryParameter;
import dev.whence.store.form.Conditions;
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

	/** The filter in SQL. */
	Conditions conditions(ProjectId project) {
		Conditions conditions = Conditions.of(project);
		if (!this.statuses.isEmpty()) {
			conditions.and("status = any(:statuses)", "statuses",
					IncidentStatus.stored(this.statuses).toArray(String[]::new));
		}
		if (!this.severities.isEmpty()) {
			conditions.and("severity = any(:severities)", "severities",
					this.severities.stream().map(Severity::name).toArray(String[]::new));
		}
		if (!this.services.isEmpty()) {
			conditions.and("affected_services && cast(:services as text[])", "services",
					this.services.toArray(String[]::new));
		}
		if (!this.assignees.isEmpty()) {
			String nobody = this.assignees.contains(NOBODY) ? " or assignee is null" : "";
			conditions.and("(assignee = any(:assignees)" + nobody + ")", "assignees",
					this.assignees.toArray(String[]::new));
		}
		if (this.text != null) {
			conditions.and("""
					(title ilike :text or exists (select 1 from unnest(affected_services) s where s ilike :text)
					 or id in (select incident_id from incidents.incident_member_view
					            where project_id = :project
					              and (title ilike :text or subject_kind = 'TRACE' and subject ilike :text)))""",
					"text", "%" + escaped(this.text) + "%");
		}
		if (this.trace != null) {
			conditions.and("""
					id in (select incident_id from incidents.incident_trace_view
					        where project_id = :project and trace_id = :trace)""", "trace", this.trace.value());
		}
		if (this.from != null) {
			conditions.and("detected_at >= :from", "from", this.from.atOffset(ZoneOffset.UTC));
		}
		if (this.to != null) {
			conditions.and("detected_at < :to", "to", this.to.atOffset(ZoneOffset.UTC));
		}
		return conditions;
	}

	/** The filter in SQL, and only what comes after the cursor. */
	Conditions conditions(ProjectId project, @Nullable Cursor cursor) {
		Conditions conditions = conditions(project);
		if (cursor != null) {
			conditions.and("(detected_at < :at or detected_at = :at and id > :after)")
				.with("at", cursor.utc())
				.with("after", uuid(cursor.key()));
		}
		return conditions;
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

}
