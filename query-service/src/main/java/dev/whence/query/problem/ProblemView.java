package dev.whence.query.problem;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A kind of problem.
 *
 * @param state new, ongoing, regressed, resolved or ignored
 * @param signals how many signals of incidents show it
 * @param incidents how many incidents have it
 * @param latestIncident the newest of them
 * @param changedBy who decided about it last
 */
record ProblemView(String fingerprint, String service, String title, String severity, String state,
		@JsonProperty("first_seen") Instant firstSeen, @JsonProperty("last_seen") Instant lastSeen, long signals,
		long incidents, @JsonProperty("latest_incident") @Nullable UUID latestIncident,
		@JsonProperty("changed_at") @Nullable Instant changedAt, @JsonProperty("changed_by") @Nullable String changedBy,
		@Nullable String note) {

	static ProblemView of(ResultSet row, int number) throws SQLException {
		Timestamp changed = row.getTimestamp("changed_at");
		return new ProblemView(row.getString("fingerprint"), row.getString("service"), row.getString("title"),
				row.getString("severity").toLowerCase(Locale.ROOT), row.getString("state").toLowerCase(Locale.ROOT),
				row.getTimestamp("first_seen").toInstant(), row.getTimestamp("last_seen").toInstant(),
				row.getLong("signals"), row.getLong("incidents"), row.getObject("latest_incident", UUID.class),
				(changed != null) ? changed.toInstant() : null, row.getString("changed_by"), row.getString("note"));
	}

	/**
	 * A page of them.
	 *
	 * @param nextCursor where the next one begins; null on the last
	 */
	record Listing(List<ProblemView> items, int limit, @JsonProperty("next_cursor") @Nullable String nextCursor) {
	}

}
