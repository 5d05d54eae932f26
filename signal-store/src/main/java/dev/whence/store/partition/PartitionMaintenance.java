package dev.whence.store.partition;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

import dev.whence.store.SignalPartitions;
import dev.whence.store.retention.Retention;
import dev.whence.store.table.Lifetime;
import dev.whence.store.table.Table;
import dev.whence.store.table.TimeColumn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

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

	private static final int HOURS_BEHIND = 1;

	/** What is further ahead lies in a default partition until its hour is made. */
	private static final int HOURS_AHEAD = 5;

	private static final Duration MAKING = Duration.ofMinutes(1);

	/** Another replica may be making the same partitions. */
	private static final Duration TAKING_TURNS = Duration.ofSeconds(30);

	/** A day of a busy installation takes a while to index. */
	private static final Duration TIDYING = Duration.ofHours(2);

	private final OwnerConnection owner;

	private final Collection<Table> tables;

	private final Retention retention;

	private final Expiry others;

	private final InstantSource clock;

	/**
	 * @param others what else ends, with the partitions
	 */
	public PartitionMaintenance(OwnerConnection owner, Collection<Table> tables, Retention retention, Expiry others,
			InstantSource clock) {
		this.owner = owner;
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
		this.owner.run(longestStatement, work);
	}

	private void make(JdbcClient jdbc, Map<Retention.Choice, Integer> choices) {
		PartitionTree tree = new PartitionTree(jdbc);
		List<DataAccessException> failures = new ArrayList<>();
		for (Table table : this.tables) {
			switch (table.lifetime()) {
				case Lifetime.Chosen chosen -> {
					for (int days : this.retention.classes(table, choices)) {
						attempt(failures, () -> {
							Partition parent = tree.addClass(table, days);
							if (chosen.closing()) {
								makeHours(tree, parent, chosen.dayColumn());
							}
							else {
								makeDays(tree, parent, chosen.dayColumn());
							}
						});
					}
				}
				case Lifetime.AsSignals closed -> {
					for (int days : classesOfSignals(choices)) {
						attempt(failures, () -> makeDays(tree, tree.addClass(table, days), closed.dayColumn()));
					}
				}
				case Lifetime.Days _, Lifetime.AsLongestByDay _, Lifetime.AsLongest _, Lifetime.AsEachRow _ ->
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

	private Set<Integer> classesOfSignals(Map<Retention.Choice, Integer> choices) {
		Set<Integer> classes = new TreeSet<>();
		Table.SIGNALS.forEach((table) -> classes.addAll(this.retention.classes(table, choices)));
		return classes;
	}

	private void makeHours(PartitionTree tree, Partition parent, TimeColumn column) {
		for (int day = 1; day <= DAYS_AHEAD; day++) {
			tree.dropIfEmpty(parent, today().plusDays(day));
		}
		OffsetDateTime now = this.clock.instant().atOffset(ZoneOffset.UTC);
		for (int hour = -HOURS_BEHIND; hour <= HOURS_AHEAD; hour++) {
			tree.addHour(parent, column, now.plusHours(hour));
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
