package dev.whence.store.compact;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

import dev.whence.store.SignalCompaction;
import dev.whence.store.partition.OwnerConnection;
import dev.whence.store.partition.Partition;
import dev.whence.store.partition.PartitionTree;
import dev.whence.store.segment.SegmentGroups;
import dev.whence.store.table.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Closes what is over: the rows of an hour become segments, which are read again and
 * compared before the rows are given up, all in one transaction; hours in which little
 * happened are closed together. Whatever breaks off leaves the rows as they were, and the
 * next call begins again. Of several replicas one works. Afterwards it makes filters
 * above the segments.
 */
public final class Compactor implements SignalCompaction {

	/**
	 * How long after its end an hour is closed, at the earliest. Writers look for a
	 * signal among the segments once it is {@link #SURELY_OPEN} old: the time between is
	 * what clocks may differ by, and what a commit may take.
	 */
	public static final Duration CLOSED_AFTER = Duration.ofHours(1);

	/** So young a signal is in no segment. */
	public static final Duration SURELY_OPEN = Duration.ofMinutes(30);

	private static final Logger log = LoggerFactory.getLogger(Compactor.class);

	/** One hour of a busy installation; the lock is held by the connection meanwhile. */
	private static final Duration LONGEST = Duration.ofMinutes(10);

	/** What may be made at once where hours wait to be closed: some seconds. */
	private static final int MOST_GROUPS = 64;

	private final OwnerConnection owner;

	private final InstantSource clock;

	private final long enough;

	/** There may be segments that were made when nobody grouped them. */
	private volatile boolean ungrouped = true;

	public Compactor(OwnerConnection owner, InstantSource clock) {
		this(owner, clock, Slices.ENOUGH_BYTES);
	}

	/**
	 * @param enough of so many bytes of rows hours do not wait for others
	 */
	Compactor(OwnerConnection owner, InstantSource clock, long enough) {
		this.owner = owner;
		this.clock = clock;
		this.enough = enough;
	}

	@Override
	public long closeWhatIsOver() {
		try (Connection connection = this.owner.open(LONGEST)) {
			JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
			if (!jdbc.sql("select pg_try_advisory_lock(hashtext('whence.compaction'))").query(Boolean.class).single()) {
				return 0;
			}
			jdbc.sql("set whence.expiry = 'on'").update();
			long closed = 0;
			Instant until = this.clock.instant().minus(CLOSED_AFTER);
			List<Partition> partitions = PartitionTree.partitions(jdbc, Table.SIGNALS);
			for (List<Partition> slice : Slices.due(partitions, sizes(jdbc, partitions), this.enough, until)) {
				closed += close(connection, jdbc, slice);
			}
			for (Partition partition : partitions) {
				if (partition.day() == null) {
					closed += closeLate(connection, jdbc, partition, until);
				}
			}
			if (closed > 0 || this.ungrouped) {
				this.ungrouped = !group(jdbc);
			}
			return closed;
		}
		catch (SQLException ex) {
			throw new DataAccessResourceFailureException("the owner cannot connect", ex);
		}
	}

	// One hour that cannot be closed must not keep the others open.
	private long close(Connection connection, JdbcClient jdbc, List<Partition> slice) throws SQLException {
		try {
			return new Slice(this.owner, connection, jdbc, slice).close();
		}
		catch (SQLException | RuntimeException ex) {
			List<List<Partition>> hours = Slices.hours(slice);
			if (hours.size() == 1 || connection.isClosed()) {
				complain(slice.getFirst().name(), ex);
				return 0;
			}
			log.warn("Could not close {} together with {} hours that follow, trying each by itself: {}",
					slice.getFirst().name(), hours.size() - 1, ex.getMessage());
			long closed = 0;
			for (List<Partition> hour : hours) {
				closed += close(connection, jdbc, hour);
			}
			return closed;
		}
	}

	private static ToLongFunction<Partition> sizes(JdbcClient jdbc, List<Partition> partitions) {
		Map<String, Long> bytes = new HashMap<>();
		jdbc.sql("select name, pg_table_size(to_regclass('signals.' || name)) from unnest(:names::text[]) name")
			.param("names", partitions.stream().map(Partition::name).toArray(String[]::new))
			.query((result, _) -> bytes.put(result.getString(1), result.getLong(2)))
			.list();
		return (partition) -> bytes.getOrDefault(partition.name(), 0L);
	}

	private long closeLate(Connection connection, JdbcClient jdbc, Partition partition, Instant until) {
		try {
			return new LateRows(this.owner, connection, jdbc, partition, until).close();
		}
		catch (SQLException | RuntimeException ex) {
			complain(partition.defaultName(), ex);
			return 0;
		}
	}

	private static void complain(String what, Exception ex) {
		log.warn("Could not close {}, its rows stay and the next maintenance will try again: {}", what,
				ex.getMessage());
	}

	/** Whether there is nothing left to group. */
	private static boolean group(JdbcClient jdbc) {
		try {
			int made = new SegmentGroups(jdbc).make(MOST_GROUPS);
			if (made > 0) {
				log.info("Made {} filters above segments", made);
			}
			return made < MOST_GROUPS;
		}
		catch (RuntimeException ex) {
			log.warn("Could not make filters above segments, each is asked by itself until the next maintenance: {}",
					ex.getMessage());
			return false;
		}
	}

}
