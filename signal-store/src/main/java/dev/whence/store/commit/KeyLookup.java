package dev.whence.store.commit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.whence.store.table.Column;
import dev.whence.store.table.Table;

/** Asks one table for many keys in one statement. */
final class KeyLookup {

	private final Table table;

	private final List<Integer> numbers = new ArrayList<>();

	private final List<Key> keys = new ArrayList<>();

	KeyLookup(Table table) {
		this.table = table;
	}

	/**
	 * @param number by which the answer names the key
	 */
	void add(int number, Key key) {
		this.numbers.add(number);
		this.keys.add(key);
	}

	/**
	 * @param found gets the numbers of the keys that are there
	 * @param hashes gets the content hashes of those, where the table has them
	 */
	void run(Connection connection, BitSet found, Map<Integer, Long> hashes) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(sql())) {
			int parameter = 1;
			statement.setObject(parameter++, this.numbers.stream().mapToInt(Integer::intValue).toArray());
			for (int column = 0; column < this.table.key().size(); column++) {
				bind(statement, parameter++, this.table.key().get(column).type(), column);
			}
			int day = this.table.dayInKey().map(this.table.key()::indexOf).orElse(-1);
			if (day >= 0) {
				List<Long> times = values(day, Long.class::cast);
				statement.setLong(parameter++, Collections.min(times));
				statement.setLong(parameter, Collections.max(times));
			}
			try (ResultSet result = statement.executeQuery()) {
				while (result.next()) {
					found.set(result.getInt(1));
					if (this.table.hasContentHash()) {
						hashes.put(result.getInt(1), result.getLong(2));
					}
				}
			}
		}
	}

	// "offset 0" keeps the planner from turning the loop round: one look into the primary
	// key for each key, whatever it believes about the sizes. The range of times leaves
	// out the other partitions.
	private String sql() {
		List<Column> key = this.table.key();
		return "select wanted.number" + (this.table.hasContentHash() ? ", stored.content_hash" : "")
				+ " from unnest(?::int4[], "
				+ key.stream().map((column) -> "?::" + column.type().sqlName() + "[]").collect(Collectors.joining(", "))
				+ ") as wanted (number, " + key.stream().map(Column::name).collect(Collectors.joining(", "))
				+ ") cross join lateral (select " + (this.table.hasContentHash() ? "t.content_hash" : "1") + " from "
				+ this.table.qualifiedName() + " t where "
				+ key.stream()
					.map((column) -> "t." + column.name() + " = wanted." + column.name())
					.collect(Collectors.joining(" and "))
				+ this.table.dayInKey().map((day) -> " and t." + day.name() + " between ? and ?").orElse("")
				+ " offset 0) stored";
	}

	// The driver sends arrays of primitives in binary.
	private void bind(PreparedStatement statement, int parameter, Column.Type type, int column) throws SQLException {
		switch (type) {
			case INT8 -> statement.setObject(parameter,
					values(column, Long.class::cast).stream().mapToLong(Long::longValue).toArray());
			case INT4 -> statement.setObject(parameter,
					values(column, Integer.class::cast).stream().mapToInt(Integer::intValue).toArray());
			case UUID, TEXT -> statement.setArray(parameter, statement.getConnection()
				.createArrayOf(type.sqlName(), values(column, Function.identity()).toArray()));
			case INT2, FLOAT8, BYTEA, TIMESTAMPTZ ->
				throw new IllegalArgumentException("no key of " + this.table + " has the type " + type.sqlName());
		}
	}

	private <T> List<T> values(int column, Function<Comparable<?>, T> as) {
		return this.keys.stream().map((key) -> as.apply(key.values().get(column))).toList();
	}

}
