package dev.whence.store.compact;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.whence.store.form.EpochNanos;
import dev.whence.store.partition.OwnerConnection;
import dev.whence.store.partition.Partition;
import dev.whence.store.segment.StoredRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Rows that no hour holds: they came when theirs was closed, or their clock lies. They
 * are closed when there are enough of them or when they have lain for long, day by day of
 * their own time, because that is how they end.
 */
final class LateRows {

	private static final Logger log = LoggerFactory.getLogger(LateRows.class);

	private static final int WORTH_IT = 5_000;

	private static final Duration LONG = Duration.ofHours(6);

	private static final int MOST_ROWS = 32_768;

	private static final long DAY = Duration.ofDays(1).toNanos();

	private final OwnerConnection owner;

	private final Connection connection;

	private final JdbcClient jdbc;

	private final Partition partition;

	private final String table;

	private final long until;

	/**
	 * @param until only what happened and was received before
	 */
	LateRows(OwnerConnection owner, Connection connection, JdbcClient jdbc, Partition partition, Instant until) {
		this.owner = owner;
		this.connection = connection;
		this.jdbc = jdbc;
		this.partition = partition;
		this.table = "signals." + partition.defaultName();
		this.until = EpochNanos.toLong(until);
	}

	long close() throws SQLException {
		long all = 0;
		if (isWorthIt()) {
			long closed;
			do {
				closed = closeSome();
				all += closed;
			}
			while (closed == MOST_ROWS);
			log.info("Closed {} signals that came late or by a lying clock, kept for {} days", all,
					this.partition.keptDays());
		}
		return all;
	}

	private boolean isWorthIt() {
		return this.jdbc
			.sql("""
					select (select count(*) from (select 1 from %1$s where time < :until and received < :until limit :some) few)
					       = :some or exists (select from %1$s where time < :until and received < :long)
					"""
				.formatted(this.table))
			.param("until", this.until)
			.param("long", this.until - LONG.toNanos())
			.param("some", WORTH_IT)
			.query(Boolean.class)
			.single();
	}

	private long closeSome() throws SQLException {
		this.connection.setAutoCommit(false);
		try {
			// Counters of minutes wait, who would see them twice or not at all.
			this.jdbc.sql("select pg_advisory_xact_lock(hashtext('whence.late'))").query().singleRow();
			Map<String, List<StoredRow>> groups = new LinkedHashMap<>();
			List<StoredRow> rows = new ArrayList<>();
			try (RowStream stream = new RowStream(
					this.owner, this.partition.table(), List.of(this.table + " where time < " + this.until
							+ " and received < " + this.until + " order by project_id, time limit " + MOST_ROWS),
					", ctid")) {
				while (stream.peek() != null) {
					StoredRow row = stream.take();
					rows.add(row);
					groups
						.computeIfAbsent(row.project() + " " + Math.floorDiv(row.time(), DAY), (_) -> new ArrayList<>())
						.add(row);
				}
			}
			for (List<StoredRow> group : groups.values()) {
				SegmentInsert.run(this.connection, group.getFirst().project(),
						Objects.requireNonNull(this.partition.keptDays()), group);
			}
			delete(rows);
			this.connection.commit();
			return rows.size();
		}
		finally {
			this.connection.rollback();
			this.connection.setAutoCommit(true);
		}
	}

	private void delete(List<StoredRow> rows) throws SQLException {
		try (PreparedStatement delete = this.connection
			.prepareStatement("delete from " + this.table + " where ctid = any(?::tid[])")) {
			delete.setArray(1, this.connection.createArrayOf("text", rows.stream().map(StoredRow::place).toArray()));
			int deleted = delete.executeUpdate();
			if (deleted != rows.size()) {
				throw new SegmentMismatchException(
						rows.size() + " late rows were closed and " + deleted + " were there to be given up");
			}
		}
	}

}
