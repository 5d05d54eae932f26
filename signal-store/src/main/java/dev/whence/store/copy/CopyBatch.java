package dev.whence.store.copy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.whence.store.table.Lifetime;
import dev.whence.store.table.Table;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Rows for several tables, encoded and ready to be copied. */
public final class CopyBatch {

	/** What a row of telemetry usually has, in bytes. */
	public static final int USUAL_ROW = 768;

	/** The most that is taken for granted. */
	private static final int MOST_AT_FIRST = 1024 * 1024;

	private final Map<Table, CopyBuffer> buffers = new HashMap<>();

	private final int capacity;

	/**
	 * @param rows how many rows are expected, so that buffers need not grow
	 */
	public CopyBatch(int rows) {
		this.capacity = Math.min(rows * USUAL_ROW, MOST_AT_FIRST);
	}

	public CopyBuffer into(Table table) {
		CopyBuffer buffer = this.buffers.get(table);
		if (buffer == null) {
			// The other tables have few rows for each of telemetry's, or small ones.
			boolean telemetry = table.lifetime() instanceof Lifetime.Chosen;
			buffer = new CopyBuffer(telemetry ? this.capacity : Math.min(this.capacity, 4 * USUAL_ROW));
			this.buffers.put(table, buffer);
		}
		return buffer;
	}

	/** The rows of one table, if there are any. */
	public @Nullable CopyBuffer rows(Table table) {
		return this.buffers.get(table);
	}

	public long size() {
		long size = 0;
		for (CopyBuffer buffer : this.buffers.values()) {
			size += buffer.size();
		}
		return size;
	}

	/**
	 * Copies the rows of all batches within the transaction of the connection, one
	 * {@code COPY} per table.
	 */
	public static void copy(Connection connection, List<CopyBatch> batches) throws SQLException {
		for (Table table : tables(batches)) {
			CopyIn copy = null;
			try {
				for (CopyBatch batch : batches) {
					CopyBuffer buffer = batch.buffers.get(table);
					if (buffer != null && buffer.size() > 0) {
						if (copy == null) {
							copy = begin(connection, table);
						}
						buffer.writeTo(copy);
					}
				}
				if (copy != null) {
					copy.writeToCopy(CopyBuffer.TRAILER, 0, CopyBuffer.TRAILER.length);
					copy.endCopy();
				}
			}
			finally {
				cancelIfActive(copy);
			}
		}
	}

	/** Every table that has rows, in the order in which all writers come to them. */
	public static Collection<Table> tables(List<CopyBatch> batches) {
		return batches.stream()
			.flatMap((batch) -> batch.buffers.keySet().stream())
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static CopyIn begin(Connection connection, Table table) throws SQLException {
		CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(table.copyStatement());
		copy.writeToCopy(CopyBuffer.HEADER, 0, CopyBuffer.HEADER.length);
		return copy;
	}

	// An exception in between would leave the connection in the middle of a COPY.
	private static void cancelIfActive(@Nullable CopyIn copy) {
		if (copy != null && copy.isActive()) {
			try {
				copy.cancelCopy();
			}
			catch (SQLException _) {
				// The connection is broken; what broke it is on its way to the caller.
			}
		}
	}

}
