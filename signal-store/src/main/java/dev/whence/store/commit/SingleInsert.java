package dev.whence.store.commit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import dev.whence.store.copy.ColumnArray;
import dev.whence.store.copy.CopyBatch;
import dev.whence.store.copy.CopyBuffer;
import dev.whence.store.outbox.Outbox;
import dev.whence.store.outbox.OutboxMessage;
import dev.whence.store.table.Table;
import org.postgresql.core.BaseConnection;
import org.postgresql.jdbc.PreferQueryMode;

/**
 * Few rows for several tables in one message. Each {@code COPY} takes two round trips and
 * the transaction around it two more, which is most of what a small commit costs. The
 * driver sends the statements of one text together and lets PostgreSQL answer all of them
 * at once; without an explicit transaction that makes them one (PostgreSQL's
 * documentation, "Extended Query": what stands before a Sync message).
 */
final class SingleInsert {

	private final List<String> statements = new ArrayList<>();

	private final List<ColumnArray> columns = new ArrayList<>();

	private SingleInsert() {
	}

	/**
	 * Stores everything, or nothing when it throws.
	 * @param connection one that commits by itself
	 */
	static void run(Connection connection, List<CopyBatch> batches, List<OutboxMessage> messages) throws SQLException {
		SingleInsert insert = new SingleInsert();
		for (Table table : CopyBatch.tables(batches)) {
			insert.add(table, batches);
		}
		insert.execute(connection, messages);
	}

	/**
	 * Whether the driver sends arrays as they are here; its settings are the operator's.
	 */
	static boolean isPossible(Connection connection) throws SQLException {
		BaseConnection driver = connection.unwrap(BaseConnection.class);
		return driver.getPreferQueryMode() != PreferQueryMode.SIMPLE && ColumnArray.BINARY.stream()
			.allMatch((type) -> driver.getQueryExecutor().useBinaryForSend(type.arrayOid()));
	}

	private void add(Table table, List<CopyBatch> batches) {
		List<ColumnArray> arrays = List.of();
		for (CopyBatch batch : batches) {
			CopyBuffer rows = batch.rows(table);
			if (rows != null) {
				if (arrays.isEmpty()) {
					arrays = table.columns().stream().map((column) -> new ColumnArray(column.type(), 512)).toList();
				}
				rows.addTo(arrays);
			}
		}
		if (!arrays.isEmpty()) {
			this.statements.add(table.insertStatement());
			this.columns.addAll(arrays);
		}
	}

	private void execute(Connection connection, List<OutboxMessage> messages) throws SQLException {
		if (!messages.isEmpty()) {
			this.statements.add(Outbox.APPEND);
		}
		try (PreparedStatement statement = connection.prepareStatement(String.join(";\n", this.statements))) {
			int parameter = 1;
			for (ColumnArray column : this.columns) {
				statement.setObject(parameter++, column);
			}
			Outbox.bind(statement, parameter, messages);
			statement.execute();
		}
	}

}
