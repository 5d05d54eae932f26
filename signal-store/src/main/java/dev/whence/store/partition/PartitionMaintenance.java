package dev.whence.store.partition;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;

import dev.whence.store.SignalPartitions;
import dev.whence.store.retention.Retention;
import dev.whence.store.table.Lifetime;
import dev.whence.store.table.Table;
import dev.whence.store.table.TimeColumn;
import org.postgresql.PGProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Keeps the partitions: makes them ahead of the clock, indexes those whose day is over,
 * drops those whose time has come, and deletes what no partition carries away. Works as
 * the schema's owner over connections of its own, because the services themselves may
 * only insert and read. Safe to call from every replica at once.
 */
public final class PartitionMaintenance implements SignalPartitions {

	private static final Logger log = LoggerFactory.getLogger(PartitionMaintenance.class);

	private static final int DAYS_BEHIND = 1;

	private static final int DAYS_AHEAD = 8;

	private static final Duration CONNECTING = Duration.ofSeconds(5);

	private static final Duration MAKING = Duration.ofMinutes(1);

	/** Another replica may be making the same partitions. */
	private static final Duration TAKING_TURNS = Duration.ofSeconds(30);

	/** A day of a busy installation takes a while to index. */
	private static final Duration TIDYING = Duration.ofHours(2);

	private final JdbcConnectionDetails connection;

	private final Collection<Table> tables;

	private final Retention retention;

	private final Expiry others;

	private final InstantSource clock;

	/**
	 * @param others what else ends, with the partitions
	 */
	public PartitionMaintenance(JdbcConnectionDetails connection, Collection<Table> tables, Retention retention,
			Expiry others, InstantSource clock) {
		this.connection = connection;
		this.tables = List.copyOf(tables);
		this.retention = retention;
		this.others = others;
		this.clock = clock;
	}

	@Override
	public void makeAhead() {
		asOwner(MAKING, (jdbc) -> {
			Map<Retention.Choice, Integer> choices = this.retention.update(jdbc, this.clock.instant());
			BriefLock.limitWaits(jdbc, TAKING_TURNS);
			jdbc.sql("select pg_advisory_lock(hashtext('whence.partitions'))").query().singleRow();
			make(jdbc, choices);
		});
	}

	@Override
	public void deleteExpired() {
		asOwner(TIDYING, (jdbc) -> {
			if (isFirst(jdbc, "whence.partitions.expired")) {
				new ExpiredRows(jdbc, this.tables, today()).delete();
				this.others.delete(jdbc, this.clock.instant());
			}
		});
	}

	@Override
	public void indexClosedDays() {
		asOwner(TIDYING, (jdbc) -> {
			if (isFirst(jdbc, "whence.partitions.closed")) {
				new ClosedDays(jdbc, this.tables, today()).index();
			}
		});
	}

	/** Deletes what no table of rows holds. */
	@FunctionalInterface
	public interface Expiry {

		void delete(JdbcClient owner, Instant now);

	}

	private static boolean isFirst(JdbcClient jdbc, String lock) {
		return jdbc.sql("select pg_try_advisory_lock(hashtext(:lock))")
			.param("lock", lock)
			.query(Boolean.class)
			.single();
	}

	private void asOwner(Duration longestStatement, Consumer<JdbcClient> work) {
		Properties properties = new Properties();
		PGProperty.USER.set(properties, this.connection.getUsername());
		PGProperty.PASSWORD.set(properties, this.connection.getPassword());
		PGProperty.CONNECT_TIMEOUT.set(properties, (int) CONNECTING.toSeconds());
		PGProperty.SOCKET_TIMEOUT.set(properties, (int) longestStatement.toSeconds());
		PGProperty.TCP_KEEP_ALIVE.set(properties, true);
		try (Connection owner = DriverManager.getConnection(this.connection.getJdbcUrl(), properties)) {
			work.accept(JdbcClient.create(new SingleConnectionDataSource(owner, true)));
		}
		catch (SQLException ex) {
			throw new DataAccessResourceFailureException("the owner cannot connect", ex);
		}
	}

	private void make(JdbcClient jdbc, Map<Retention.Choice, Integer> choices) {
		PartitionTree tree = new PartitionTree(jdbc);
		List<DataAccessException> failures = new ArrayList<>();
		for (Table table : this.tables) {
			if (table.lifetime() instanceof Lifetime.Chosen chosen) {
				for (int days : this.retention.classes(table, choices)) {
					attempt(failures, () -> makeDays(tree, tree.addClass(table, days), chosen.dayColumn()));
				}
			}
			else {
				table.lifetime()
					.day()
					.ifPresent((column) -> attempt(failures, () -> makeDays(tree, Partition.of(table), column)));
			}
		}
		if (tree.made() > 0) {
			log.info("Made {} partitions", tree.made());
		}
		if (!failures.isEmpty()) {
			throw failures.getFirst();
		}
	}

	private void makeDays(PartitionTree tree, Partition parent, TimeColumn column) {
		for (int day = -DAYS_BEHIND; day <= DAYS_AHEAD; day++) {
			tree.addDay(parent, column, today().plusDays(day));
		}
	}

	// One table that somebody reads for long must not keep the others without partitions.
	private static void attempt(List<DataAccessException> failures, Runnable work) {
		try {
			work.run();
		}
		catch (DataAccessException ex) {
			failures.add(ex);
		}
	}

	private LocalDate today() {
		return this.clock.instant().atOffset(ZoneOffset.UTC).toLocalDate();
	}

}
