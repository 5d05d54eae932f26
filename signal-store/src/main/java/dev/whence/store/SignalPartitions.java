package dev.whence.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import dev.whence.model.SignalType;

/**
 * Keeps the partitions: makes them ahead of the clock, indexes those whose day is over,
 * drops those whose time has come, and deletes what no partition carries away. Works as
 * the schema's owner over a connection of its own, because the services themselves may
 * only insert and read. Safe to call from every replica at once.
 */
public final class SignalPartitions {

	private static final Logger log = LoggerFactory.getLogger(SignalPartitions.class);

	private static final int DAYS_BEHIND = 1;

	private static final int DAYS_AHEAD = 8;

	private final JdbcConnectionDetails connection;

	private final Retention retention;

	private final InstantSource clock;

	SignalPartitions(JdbcConnectionDetails connection, Retention retention, InstantSource clock) {
		this.connection = connection;
		this.retention = retention;
		this.clock = clock;
	}

	/**
	 * Does what is due.
	 * @throws org.springframework.dao.DataAccessException when the database does not
	 * answer or somebody reads what is to be dropped; the next call goes on
	 */
	public void maintain() {
		try (Connection owner = DriverManager.getConnection(this.connection.getJdbcUrl(), this.connection.getUsername(),
				this.connection.getPassword())) {
			JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(owner, true));
			jdbc.sql("select pg_advisory_lock(hashtext('whence.partitions'))").query().singleRow();
			// Nobody waits long behind a lock that waits for a slow reader.
			jdbc.sql("set lock_timeout = '2s'").update();
			Map<Retention.Choice, Integer> choices = Retention.read(jdbc);
			make(jdbc, choices);
			jdbc.sql("select pg_advisory_unlock(hashtext('whence.partitions'))").query().singleRow();
			this.retention.follow(choices);
			if (jdbc.sql("select pg_try_advisory_lock(hashtext('whence.partitions.old'))")
				.query(Boolean.class)
				.single()) {
				new ExpiredSignals(jdbc, today()).end(longest(choices));
			}
		}
		catch (SQLException ex) {
			throw new DataAccessResourceFailureException("the owner cannot connect", ex);
		}
	}

	private void make(JdbcClient jdbc, Map<Retention.Choice, Integer> choices) {
		PartitionTree tree = new PartitionTree(jdbc);
		int made = 0;
		for (SignalType type : SignalType.values()) {
			String table = Table.of(type).unqualifiedName();
			for (int days : this.retention.classes(type, choices)) {
				String retentionClass = table + "_" + days + "d";
				made += tree.addClass(table, retentionClass, days);
				made += makeDays(tree, retentionClass);
			}
		}
		made += makeDays(tree, Table.PROBLEM.unqualifiedName());
		if (made > 0) {
			log.info("Made {} partitions", made);
		}
	}

	private int makeDays(PartitionTree tree, String parent) {
		int made = 0;
		for (int day = -DAYS_BEHIND; day <= DAYS_AHEAD; day++) {
			made += tree.addDay(parent, today().plusDays(day));
		}
		return made;
	}

	private int longest(Map<Retention.Choice, Integer> choices) {
		int longest = 0;
		for (SignalType type : SignalType.values()) {
			Set<Integer> classes = this.retention.classes(type, choices);
			longest = Math.max(longest, classes.stream().mapToInt(Integer::intValue).max().orElse(0));
		}
		return longest;
	}

	private LocalDate today() {
		return this.clock.instant().atOffset(ZoneOffset.UTC).toLocalDate();
	}

}
