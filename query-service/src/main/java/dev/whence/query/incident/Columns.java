package dev.whence.query.incident;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/** Reads columns in the form in which the API shows them. */
final class Columns {

	private Columns() {
	}

	static Instant time(ResultSet row, String column) throws SQLException {
		return row.getTimestamp(column).toInstant();
	}

	static @Nullable Instant timeOrNull(ResultSet row, String column) throws SQLException {
		Timestamp time = row.getTimestamp(column);
		return (time != null) ? time.toInstant() : null;
	}

	static String lowerCase(ResultSet row, String column) throws SQLException {
		return row.getString(column).toLowerCase(Locale.ROOT);
	}

}
