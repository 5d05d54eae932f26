package dev.whence.store.rollup;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.whence.model.ProjectId;
import dev.whence.store.segment.ClosedSignals;
import dev.whence.store.segment.Scan;
import dev.whence.store.segment.StoredRow;
import dev.whence.store.table.Column;
import dev.whence.store.table.Table;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Lets statements that count rows count what is closed as well: it is copied into
 * temporary tables beside the rows, for the length of the transaction. Late signals alone
 * make it necessary, so it may cost something.
 */
final class ClosedMinutes {

	/** What comes before the first row of a binary copy, and after the last. */
	private static final byte[] HEADER = "PGCOPY\n\u00ff\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);

	private static final byte[] TRAILER = { -1, -1 };

	private final JdbcOperations jdbc;

	private final ClosedSignals closed;

	ClosedMinutes(JdbcOperations jdbc, ClosedSignals closed) {
		this.jdbc = jdbc;
		this.closed = closed;
	}

	/**
	 * From here to the end of the transaction nothing is closed that the statements might
	 * then miss or see twice.
	 * @param from inclusive
	 * @param to exclusive
	 * @return makes a statement about rows one about rows and what is closed of the range
	 */
	UnaryOperator<String> open(ProjectId project, long from, long to) {
		this.jdbc
			.execute("lock table " + Table.SIGNALS.stream().map(Table::qualifiedName).collect(Collectors.joining(", "))
					+ " in access share mode");
		this.jdbc.execute("do $$ begin perform pg_advisory_xact_lock_shared(hashtext('whence.late')); end $$");
		if (!this.closed.mayHold(project.value(), from, to - 1)) {
			return UnaryOperator.identity();
		}
		Table.SIGNALS.forEach((table) -> copy(table, Scan.of(project.value(), Set.of(table), from, to - 1)));
		return ClosedMinutes::everything;
	}

	private void copy(Table table, Scan scan) {
		String temporary = temporary(table);
		this.jdbc.execute("drop table if exists " + temporary);
		this.jdbc.execute("create temp table " + temporary.substring(temporary.indexOf('.') + 1) + " (like " + table
				+ ") on commit drop");
		this.closed.forEach(scan, (rows) -> this.jdbc.execute((ConnectionCallback<Boolean>) (connection) -> {
			copy(connection, temporary, table, rows);
			return true;
		}));
	}

	private static void copy(Connection connection, String temporary, Table table, List<StoredRow> rows)
			throws SQLException {
		String columns = table.columns().stream().map(Column::name).collect(Collectors.joining(", "));
		CopyIn copy = connection.unwrap(PGConnection.class)
			.getCopyAPI()
			.copyIn("copy " + temporary + " (" + columns + ") from stdin (format binary)");
		try {
			copy.writeToCopy(HEADER, 0, HEADER.length);
			for (StoredRow row : rows) {
				copy.writeToCopy(row.tuple(), 0, row.tuple().length);
			}
			copy.writeToCopy(TRAILER, 0, TRAILER.length);
			copy.endCopy();
		}
		finally {
			if (copy.isActive()) {
				copy.cancelCopy();
			}
		}
	}

	private static String everything(String statement) {
		String everything = statement;
		for (Table table : Table.SIGNALS) {
			everything = everything.replaceAll("from " + Pattern.quote(table.qualifiedName()) + "\\b",
					"from (select * from " + table + " union all select * from " + temporary(table) + ") stored");
		}
		return everything;
	}

	private static String temporary(Table table) {
		return "pg_temp.closed_" + table.name();
	}

}
