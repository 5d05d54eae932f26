package dev.whence.store.compact;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.whence.store.partition.BriefLock;
import dev.whence.store.partition.OwnerConnection;
import dev.whence.store.partition.Partition;
import dev.whence.store.segment.StoredRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The rows of one hour, or some that follow each other, and one retention, of every kind
 * of signal. They are read beside whoever writes; only the end, which drops them, needs
 * the tables for itself for a moment. What was written in between is found then and stays
 * as rows.
 */
final class Slice {

	private static final Logger log = LoggerFactory.getLogger(Slice.class);

	/** Rows in a segment, and their bytes: what is in memory at once (ADR 026). */
	private static final int MOST_ROWS = 65_536;

	private static final long MOST_BYTES = 48L * 1024 * 1024;

	/** With a lock in hand; a tenth of PostgreSQL's deadlock_timeout. */
	private static final Duration SHORT_WAIT = Duration.ofMillis(100);

	private static final int TRIES = 24;

	private final OwnerConnection owner;

	private final Connection connection;

	private final JdbcClient jdbc;

	private final List<Partition> partitions;

	/** In the order in which everybody comes to the tables. */
	private final List<HourRows> tables;

	/**
	 * @param partitions kept equally long, hours that follow each other or a day, of any
	 * table
	 */
	Slice(OwnerConnection owner, Connection connection, JdbcClient jdbc, List<Partition> partitions) {
		this.owner = owner;
		this.connection = connection;
		this.jdbc = jdbc;
		this.partitions = partitions;
		this.tables = partitions.stream()
			.collect(Collectors.groupingBy(Partition::table, TreeMap::new, Collectors.toList()))
			.entrySet()
			.stream()
			.map((hours) -> new HourRows(hours.getKey(), hours.getValue()))
			.toList();
	}

	long close() throws SQLException {
		takeStock();
		this.connection.setAutoCommit(false);
		try {
			keepVacuumAway();
			long rows = 0;
			for (int project : projects()) {
				rows += close(project);
			}
			long ids = this.tables.stream().mapToLong(HourRows::closed).sum();
			if (rows != ids) {
				throw new SegmentMismatchException(rows + " rows with " + ids + " ids were read");
			}
			giveUpRows();
			this.connection.commit();
			if (rows > 0) {
				log.info("Closed {} signals from {} to {} that are kept for {} days", rows,
						this.partitions.getFirst().from(), this.partitions.getLast().to(), keptDays());
			}
			return rows;
		}
		finally {
			this.connection.rollback();
			this.connection.setAutoCommit(true);
		}
	}

	// PostgreSQL expects few rows in what was just filled, and would sort them all in
	// files instead of following the index. The rows are read over other connections, so
	// this has to be committed.
	private void takeStock() {
		for (Partition partition : this.partitions) {
			this.jdbc.sql("analyze (skip_locked) signals." + partition.name() + " (time, project_id)").update();
		}
	}

	// A vacuum would still hold the partitions when we drop them, and hardly ever gives
	// way to waits as short as ours there. One that PostgreSQL began by itself is
	// cancelled for us here; another one keeps us from beginning in vain. Nobody reads
	// this setting of a table that is dropped; making it takes the right lock of the
	// table and its TOAST.
	private void keepVacuumAway() throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			limitWaits(statement, BriefLock.LONG_WAIT);
			for (Partition partition : this.partitions) {
				statement.execute("alter table signals." + partition.name()
						+ " set (autovacuum_enabled = off, toast.autovacuum_enabled = off)");
			}
			limitWaits(statement, Duration.ZERO);
		}
	}

	/**
	 * @param longest zero for as long as it takes
	 */
	private static void limitWaits(Statement statement, Duration longest) throws SQLException {
		statement.execute("set local lock_timeout = " + longest.toMillis());
	}

	private List<Integer> projects() {
		return this.jdbc
			.sql(this.partitions.stream()
				.map((partition) -> "select project_id from signals." + partition.name())
				.collect(Collectors.joining(" union all ", "select distinct project_id from (", ") rows order by 1")))
			.query(Integer.class)
			.list();
	}

	private long close(int project) throws SQLException {
		List<RowStream> streams = new ArrayList<>();
		try {
			for (HourRows table : this.tables) {
				streams.add(table.stream(this.owner, project));
			}
			long rows = 0;
			List<StoredRow> batch = new ArrayList<>();
			long bytes = 0;
			while (true) {
				int from = next(streams);
				if (from < 0 || batch.size() == MOST_ROWS || bytes > MOST_BYTES) {
					if (!batch.isEmpty()) {
						SegmentInsert.run(this.connection, project, keptDays(), batch);
						rows += batch.size();
						batch = new ArrayList<>();
						bytes = 0;
					}
					if (from < 0) {
						return rows;
					}
				}
				StoredRow row = streams.get(from).take();
				batch.add(row);
				bytes += row.size();
				this.tables.get(from).closed(row);
			}
		}
		finally {
			for (RowStream stream : streams) {
				stream.close();
			}
		}
	}

	/** Which of the streams has the earliest row, -1 when all are at their end. */
	private static int next(List<RowStream> streams) {
		int earliest = -1;
		long time = 0;
		for (int i = 0; i < streams.size(); i++) {
			StoredRow row = streams.get(i).peek();
			if (row != null && (earliest < 0 || row.time() < time)) {
				earliest = i;
				time = row.time();
			}
		}
		return earliest;
	}

	// Waiting for a lock keeps everybody behind us waiting: wait a moment, let them
	// pass, try again. Whoever holds one lock and waits for the next may wait for
	// somebody who waits for the first: then we give way, long before PostgreSQL looks
	// for somebody to break off.
	private void giveUpRows() throws SQLException {
		for (int tries = 1;; tries++) {
			Savepoint before = this.connection.setSavepoint();
			try (Statement statement = this.connection.createStatement()) {
				lockParents(statement, (tries % 4 == 0) ? BriefLock.LONG_WAIT : BriefLock.WAIT);
				for (HourRows table : this.tables) {
					table.giveUp(statement);
				}
				return;
			}
			catch (SQLException ex) {
				if (tries == TRIES || !BriefLock.isTaken(ex)) {
					throw ex;
				}
				this.connection.rollback(before);
				BriefLock.letPass();
			}
		}
	}

	// A partition is reached by way of its parent: whoever has that alone has it, and a
	// vacuum of the hour that is written to goes on. Dropping a partition takes the
	// default one beside it as well, so a vacuum of that is met first, while nobody
	// waits for us.
	private void lockParents(Statement statement, Duration wait) throws SQLException {
		limitWaits(statement, wait);
		for (HourRows table : this.tables) {
			statement.execute("lock table signals." + table.parent().defaultName() + " in share update exclusive mode");
		}
		for (HourRows table : this.tables) {
			statement.execute("lock table only signals." + table.parent().name() + " in access exclusive mode");
			limitWaits(statement, SHORT_WAIT);
		}
	}

	private int keptDays() {
		return Objects.requireNonNull(this.partitions.getFirst().keptDays());
	}

}
