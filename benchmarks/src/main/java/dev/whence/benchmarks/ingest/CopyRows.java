package dev.whence.benchmarks.ingest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import dev.whence.benchmarks.ingest.machine.DatabaseServer;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/**
 * Rows in PostgreSQL's binary copy format, taken from the table itself: exactly what the
 * service stores, whatever its columns are. Their times and ids are made new for every
 * batch, in place.
 */
final class CopyRows {

	/** Signature, flags and the length of an empty extension. */
	private static final int HEADER = 19;

	private static final int CHUNK = 64 * 1024;

	private final byte[] bytes;

	private final ByteBuffer view;

	private final int[] times;

	private final int[] ids;

	private final SplittableRandom random = new SplittableRandom();

	private CopyRows(byte[] bytes, int[] times, int[] ids) {
		this.bytes = bytes;
		this.view = ByteBuffer.wrap(bytes);
		this.times = times;
		this.ids = ids;
	}

	/** Reads so many rows, which the table must have. */
	static CopyRows read(DatabaseServer database, String table, int rows) {
		List<String> columns = database.query("""
				select attname from pg_attribute where attrelid = '%s'::regclass and attnum > 0 and not attisdropped
				 order by attnum
				""".formatted(table));
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (Connection connection = database.connect()) {
			manager(connection)
				.copyOut("copy (select * from %s limit %d) to stdout (format binary)".formatted(table, rows), out);
		}
		catch (SQLException | IOException ex) {
			throw new IllegalStateException(ex);
		}
		return parse(out.toByteArray(), columns.indexOf("time"), columns.indexOf("signal_id"), rows);
	}

	private static CopyRows parse(byte[] bytes, int timeColumn, int idColumn, int rows) {
		ByteBuffer view = ByteBuffer.wrap(bytes).position(HEADER);
		List<Integer> times = new ArrayList<>();
		List<Integer> ids = new ArrayList<>();
		for (int fields = view.getShort(); fields >= 0; fields = view.getShort()) {
			for (int i = 0; i < fields; i++) {
				int length = view.getInt();
				if (i == timeColumn) {
					times.add(view.position());
				}
				else if (i == idColumn) {
					ids.add(view.position());
				}
				view.position(view.position() + Math.max(0, length));
			}
		}
		if (times.size() != rows || ids.size() != rows) {
			throw new IllegalStateException("the table has only " + times.size() + " rows");
		}
		return new CopyRows(bytes, times.stream().mapToInt(Integer::intValue).toArray(),
				ids.stream().mapToInt(Integer::intValue).toArray());
	}

	/** For another thread. */
	CopyRows copy() {
		return new CopyRows(this.bytes.clone(), this.times, this.ids);
	}

	int rows() {
		return this.times.length;
	}

	double bytesPerRow() {
		return (double) this.bytes.length / this.times.length;
	}

	/** Gives all rows a new time and id. */
	void renew(long firstTime, long step) {
		for (int i = 0; i < this.times.length; i++) {
			this.view.putLong(this.times[i], firstTime + i * step);
			this.view.putLong(this.ids[i], this.random.nextLong());
			this.view.putLong(this.ids[i] + 8, this.random.nextLong());
		}
	}

	/** Sends all rows in one command, which is a transaction of its own. */
	void send(Connection connection, String table) throws SQLException {
		CopyIn copy = manager(connection).copyIn("copy " + table + " from stdin (format binary)");
		for (int at = 0; at < this.bytes.length; at += CHUNK) {
			copy.writeToCopy(this.bytes, at, Math.min(CHUNK, this.bytes.length - at));
		}
		copy.endCopy();
	}

	private static CopyManager manager(Connection connection) throws SQLException {
		return connection.unwrap(PGConnection.class).getCopyAPI();
	}

}
