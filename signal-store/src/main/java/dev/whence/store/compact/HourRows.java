package dev.whence.store.compact;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.whence.store.partition.OwnerConnection;
import dev.whence.store.partition.Partition;
import dev.whence.store.segment.StoredRow;
import dev.whence.store.table.Column;
import dev.whence.store.table.Table;

/** What one table has in the hours that are closed together. */
final class HourRows {

	private final Table table;

	/** In the order of time. */
	private final List<Partition> hours;

	/** The ids that are in segments now. */
	private final IdSet closed = new IdSet();

	HourRows(Table table, List<Partition> hours) {
		this.table = table;
		this.hours = hours.stream().sorted(Comparator.comparing(Partition::from)).toList();
	}

	/** What is above the hours. */
	Partition parent() {
		return this.hours.getFirst().parent();
	}

	/** The rows of a project, in the order of time. */
	RowStream stream(OwnerConnection owner, int project) throws SQLException {
		return new RowStream(owner, this.table, this.hours.stream()
			.map((hour) -> "signals." + hour.name() + " where project_id = " + project + " order by time, signal_id")
			.toList(), "");
	}

	/** Remembers that the row is in a segment. */
	void closed(StoredRow row) {
		this.closed.add(row.project(), row.id());
	}

	/** How many rows with different ids are in segments. */
	int closed() {
		return this.closed.distinct();
	}

	/** Drops the hours; rows that are in no segment move to where the late ones lie. */
	void giveUp(Statement statement) throws SQLException {
		long rows = 0;
		for (Partition hour : this.hours) {
			rows += count(statement, hour);
		}
		if (rows == closed()) {
			drop(statement);
			return;
		}
		List<Late> late = late(statement);
		if (late.size() != rows - closed()) {
			throw new SegmentMismatchException(this.hours.getFirst().name() + " and what follows have " + rows
					+ " rows, " + closed() + " were closed and " + late.size() + " are late");
		}
		String columns = this.table.columns().stream().map(Column::name).collect(Collectors.joining(", "));
		String rowsOfLate = late.stream()
			.map((one) -> "(" + one.project() + ", '" + one.id() + "')")
			.collect(Collectors.joining(", "));
		statement.execute("create temp table late on commit drop as " + this.hours.stream()
			.map((hour) -> "select " + columns + " from signals." + hour.name() + " where (project_id, signal_id) in ("
					+ rowsOfLate + ")")
			.collect(Collectors.joining(" union all ")));
		drop(statement);
		statement.execute("insert into " + this.table + " (" + columns + ") select " + columns + " from pg_temp.late");
		statement.execute("drop table pg_temp.late");
	}

	private void drop(Statement statement) throws SQLException {
		statement.execute("drop table "
				+ this.hours.stream().map((hour) -> "signals." + hour.name()).collect(Collectors.joining(", ")));
	}

	private static long count(Statement statement, Partition hour) throws SQLException {
		try (ResultSet result = statement.executeQuery("select count(*) from signals." + hour.name())) {
			result.next();
			return result.getLong(1);
		}
	}

	private List<Late> late(Statement statement) throws SQLException {
		List<Late> late = new ArrayList<>();
		for (Partition hour : this.hours) {
			try (ResultSet result = statement
				.executeQuery("select project_id, signal_id from signals." + hour.name())) {
				while (result.next()) {
					Late row = new Late(result.getInt(1), result.getObject(2, UUID.class));
					if (!this.closed.contains(row.project(), row.id())) {
						late.add(row);
					}
				}
			}
		}
		late.sort(Comparator.comparingInt(Late::project).thenComparing(Late::id));
		return late;
	}

	/** A row that came when its hour had been read. */
	private record Late(int project, UUID id) {
	}

}
