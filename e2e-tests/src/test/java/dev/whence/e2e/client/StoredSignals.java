package dev.whence.e2e.client;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

import dev.whence.e2e.platform.Whence;

/** What the tables hold of one service: how often each record is stored. */
record StoredSignals(Map<String, Integer> spans, Map<String, Integer> logs, Map<String, Integer> points) {

	static StoredSignals of(String service) {
		try (Connection connection = Whence.running().database().dataSource().getConnection()) {
			return new StoredSignals(
					counted(connection, service, "select encode(span_id, 'hex') from signals.span where service = ?"),
					counted(connection, service, "select message from signals.log_record where service = ?"),
					counted(connection, service,
							"select name || ' ' || time || ' ' || coalesce((attributes::jsonb ->> 'phase'), '') from signals.metric_point where service = ?"));
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Map<String, Integer> counted(Connection connection, String service, String sql) throws SQLException {
		Map<String, Integer> counted = new HashMap<>();
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			statement.setString(1, service);
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					counted.merge(rows.getString(1), 1, Integer::sum);
				}
			}
		}
		return counted;
	}

}
