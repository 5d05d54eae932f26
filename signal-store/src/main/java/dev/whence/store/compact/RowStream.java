package dev.whence.store.compact;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

import dev.whence.store.partition.OwnerConnection;
import dev.whence.store.segment.StoredRow;
import dev.whence.store.table.Column;
import dev.whence.store.table.Table;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Rows of one table in some order, one at a time, over a connection of its own: binary
 * {@code COPY} is the cheapest way out of PostgreSQL, and there is one at a time per
 * connection.
 */
final class RowStream implements AutoCloseable {

	/** Nothing of this size takes longer. */
	private static final Duration LONGEST = Duration.ofMinutes(10);

	/** What comes before the first row: eleven bytes to tell it by, flags, extensions. */
	private static final int HEADER = 19;

	private final Table table;

	private final Connection connection;

	private final Iterator<String> statements;

	private CopyOut copy;

	private boolean begun;

	private @Nullable StoredRow next;

	/**
	 * @param rows what follows {@code from}, one after the other; at least one
	 * @param more columns besides those of the table
	 */
	RowStream(OwnerConnection owner, Table table, List<String> rows, String more) throws SQLException {
		this.table = table;
		String columns = table.columns().stream().map(Column::name).collect(Collectors.joining(", ")) + more;
		this.statements = rows.stream()
			.map((from) -> "copy (select " + columns + " from " + from + ") to stdout (format binary)")
			.iterator();
		this.connection = owner.open(LONGEST);
		try {
			this.copy = copy();
			this.next = read();
		}
		catch (SQLException | RuntimeException ex) {
			this.connection.close();
			throw ex;
		}
	}

	/** The row that {@link #take} gives next; null at the end. */
	@Nullable StoredRow peek() {
		return this.next;
	}

	StoredRow take() throws SQLException {
		StoredRow row = this.next;
		if (row == null) {
			throw new IllegalStateException("no more rows of " + this.table);
		}
		this.next = read();
		return row;
	}

	private @Nullable StoredRow read() throws SQLException {
		byte[] tuple = this.copy.readFromCopy();
		if (tuple != null && !this.begun) {
			this.begun = true;
			tuple = (tuple.length == HEADER) ? this.copy.readFromCopy()
					: Arrays.copyOfRange(tuple, HEADER, tuple.length);
		}
		if (tuple == null) {
			if (!this.statements.hasNext()) {
				return null;
			}
			this.copy = copy();
			return read();
		}
		if (tuple.length == Short.BYTES && tuple[0] == -1) {
			// The end; what follows says that the copy is done.
			return read();
		}
		return new StoredRow(this.table, tuple);
	}

	private CopyOut copy() throws SQLException {
		this.begun = false;
		return this.connection.unwrap(PGConnection.class).getCopyAPI().copyOut(this.statements.next());
	}

	/** Ends the copy, whether or not everything was read. */
	@Override
	public void close() throws SQLException {
		this.connection.close();
	}

}
