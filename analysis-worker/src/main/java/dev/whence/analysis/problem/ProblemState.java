package dev.whence.analysis.problem;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A kind of problem.
 *
 * @param state new, ongoing, regressed, resolved or ignored
 */
record ProblemState(String fingerprint, String service, String title, String severity, String state,
		@JsonProperty("first_seen") Instant firstSeen, @JsonProperty("last_seen") Instant lastSeen,
		@JsonProperty("changed_at") @Nullable Instant changedAt, @JsonProperty("changed_by") @Nullable String changedBy,
		@Nullable String note) {

	static ProblemState of(ResultSet row, int number) throws SQLException {
		OffsetDateTime changed = row.getObject("changed_at", OffsetDateTime.class);
		return new ProblemState(row.getString("fingerprint"), row.getString("service"), row.getString("title"),
				row.getString("severity").toLowerCase(Locale.ROOT), row.getString("state").toLowerCase(Locale.ROOT),
				row.getObject("first_seen", OffsetDateTime.class).toInstant(),
				row.getObject("last_seen", OffsetDateTime.class).toInstant(),
				(changed != null) ? changed.toInstant() : null, row.getString("changed_by"), row.getString("note"));
	}

}
