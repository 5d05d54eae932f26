package dev.whence.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * One multi-row insert: an array per column, unnested by PostgreSQL, so that a batch of
 * any size is one statement and rows that exist are skipped instead of failing the rest.
 *
 * @param <T> what a row is made of
 */
final class SignalRows<T> {

	private final String table;

	private final List<Column<T>> columns = new ArrayList<>();

	SignalRows(String table) {
		this.table = table;
	}

	SignalRows<T> column(String name, String type, Function<T, @Nullable Object> value) {
		this.columns.add(new Column<>(name, type, value));
		return this;
	}

	/**
	 * @return the ids of the rows that did not exist before
	 */
	List<UUID> insert(Connection connection, int project, Collection<T> rows) throws SQLException {
		if (rows.isEmpty()) {
			return List.of();
		}
		try (PreparedStatement statement = connection.prepareStatement(sql())) {
			statement.setInt(1, project);
			for (int i = 0; i < this.columns.size(); i++) {
				Column<T> column = this.columns.get(i);
				statement.setArray(i + 2, connection.createArrayOf(column.type(), column.values(rows)));
			}
			List<UUID> inserted = new ArrayList<>(rows.size());
			try (ResultSet result = statement.executeQuery()) {
				while (result.next()) {
					inserted.add(result.getObject(1, UUID.class));
				}
			}
			return inserted;
		}
	}

	private String sql() {
		List<String> names = this.columns.stream().map(Column::name).toList();
		List<String> arrays = this.columns.stream().map((column) -> "?::" + column.type() + "[]").toList();
		return "insert into signals." + this.table + " (project_id, " + String.join(", ", names) + ") select ?, rows.* "
				+ "from unnest(" + String.join(", ", arrays) + ") as rows on conflict do nothing returning signal_id";
	}

	private record Column<T>(String name, String type, Function<T, @Nullable Object> value) {

		// The driver takes binary values only as an array of arrays.
		@Nullable Object[] values(Collection<T> rows) {
			return this.type.equals("bytea") ? rows.stream().map(this.value).toArray(byte[][]::new)
					: rows.stream().map(this.value).toArray();
		}

	}

}
