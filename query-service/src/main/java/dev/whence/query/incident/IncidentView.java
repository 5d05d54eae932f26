package dev.whence.query.incident;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * An incident as the query API shows it: the original's fields, and beside them what it
 * did not know.
 *
 * @param traceId the trace that opened it; empty when signals without a trace did
 * @param status one of the original's four
 * @param errorCount how many signals its traces have, as the original counted; a float,
 * as clients expect
 * @param version grows whenever signals join
 * @param analyzedVersion the newest version that has an analysis, 0 for none
 * @param state finer than the status
 * @param revision grows with what people do; to be sent back by who changes it
 */
record IncidentView(UUID id, @JsonProperty("trace_id") String traceId, String status, String severity,
		@JsonProperty("detected_at") Instant detectedAt, @JsonProperty("resolved_at") @Nullable Instant resolvedAt,
		@JsonProperty("affected_services") List<String> affectedServices,
		@JsonProperty("error_count") double errorCount, String title, @JsonProperty("first_seen") Instant firstSeen,
		@JsonProperty("last_seen") Instant lastSeen, long version,
		@JsonProperty("analyzed_version") long analyzedVersion, String state, long revision, @Nullable String assignee,
		@JsonProperty("acknowledged_at") @Nullable Instant acknowledgedAt,
		@JsonProperty("merged_into") @Nullable UUID mergedInto, @Nullable Snooze snooze) {

	/** The columns that {@link #of} reads. */
	static final String COLUMNS = """
			id, trace_id, status, severity, title, detected_at, resolved_at, first_seen, last_seen, affected_services,
			error_count, version, analyzed_version, state, revision, assignee, acknowledged_at, merged_into, snoozed_at,
			snoozed_until, snooze_factor""";

	static IncidentView of(ResultSet row, int number) throws SQLException {
		return new IncidentView(row.getObject("id", UUID.class), row.getString("trace_id"),
				IncidentStatus.original(row.getString("status")), Columns.lowerCase(row, "severity"),
				Columns.time(row, "detected_at"), Columns.timeOrNull(row, "resolved_at"),
				List.of((String[]) row.getArray("affected_services").getArray()), row.getDouble("error_count"),
				row.getString("title"), Columns.time(row, "first_seen"), Columns.time(row, "last_seen"),
				row.getLong("version"), row.getLong("analyzed_version"),
				row.getString("state").toLowerCase(Locale.ROOT), row.getLong("revision"), row.getString("assignee"),
				Columns.timeOrNull(row, "acknowledged_at"), row.getObject("merged_into", UUID.class), Snooze.of(row));
	}

	/**
	 * How long it is left alone.
	 *
	 * @param untilEscalates whether it ends when the incident escalates
	 * @param rateFactor by how much the rate of its signals has to grow for that
	 */
	record Snooze(Instant since, @Nullable Instant until, @JsonProperty("until_escalates") boolean untilEscalates,
			@JsonProperty("rate_factor") @Nullable Double rateFactor) {

		private static @Nullable Snooze of(ResultSet row) throws SQLException {
			Instant since = Columns.timeOrNull(row, "snoozed_at");
			Double factor = row.getObject("snooze_factor", Double.class);
			return (since != null) ? new Snooze(since, Columns.timeOrNull(row, "snoozed_until"), factor != null, factor)
					: null;
		}

	}

}
