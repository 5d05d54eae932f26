package dev.whence.store.partition;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Stream;

import dev.whence.store.table.Lifetime;
import dev.whence.store.table.Table;
import dev.whence.store.table.TimeColumn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Drops and deletes what has been kept long enough, as the {@link Lifetime} of each table
 * says.
 */
final class ExpiredRows {

	private static final Logger log = LoggerFactory.getLogger(ExpiredRows.class);

	private static final int CHUNK = 20_000;

	/** By then the last day's partition is dropped. */
	private static final int DAYS_OF_PARTITIONS = 2;

	private final JdbcClient jdbc;

	private final Collection<Table> tables;

	private final LocalDate today;

	ExpiredRows(JdbcClient jdbc, Collection<Table> tables, LocalDate today) {
		this.jdbc = jdbc;
		this.tables = tables;
		this.today = today;
	}

	void delete() {
		this.jdbc.sql("set whence.expiry = 'on'").update();
		List<Partition> partitions = PartitionTree.partitions(this.jdbc, this.tables);
		OptionalInt longest = longest(partitions);
		partitions.forEach((partition) -> deleteFrom(partition, longest));
		this.tables.forEach((table) -> deleteWhatHasNoPartition(table, longest));
	}

	private void deleteFrom(Partition partition, OptionalInt longest) {
		Integer kept = partition.keptDays();
		if (partition.day() != null) {
			switch (partition.table().lifetime()) {
				case Lifetime.Chosen _, Lifetime.AsSignals _ -> dropIfOver(partition, Objects.requireNonNull(kept));
				case Lifetime.Days days -> dropIfOver(partition, days.days());
				case Lifetime.AsLongestByDay _, Lifetime.AsLongest _, Lifetime.AsEachRow _ ->
					longest.ifPresent((days) -> dropIfOver(partition, days));
			}
		}
		else if (kept != null) {
			delete(partition.defaultName(), partition.table(), kept);
		}
	}

	private void deleteWhatHasNoPartition(Table table, OptionalInt longest) {
		String rest = Partition.of(table).defaultName();
		switch (table.lifetime()) {
			case Lifetime.Days days -> delete(rest, table, days.days());
			case Lifetime.Chosen _, Lifetime.AsSignals _, Lifetime.AsLongestByDay _ ->
				longest.ifPresent((days) -> delete(rest, table, days));
			case Lifetime.AsEachRow row -> delete(table.name(),
					row.stored().name() + " < " + row.stored().literal(this.today.minusDays(DAYS_OF_PARTITIONS))
							+ " - retention_days * " + Duration.ofDays(1).toNanos());
			case Lifetime.AsLongest _ -> longest.ifPresent((days) -> delete(table.name(), table, days));
		}
	}

	/**
	 * For how many days something is kept at most, after which nothing refers to it any
	 * more. Days that nobody chooses any longer count as long as partitions have them.
	 */
	private static OptionalInt longest(List<Partition> partitions) {
		return partitions.stream()
			.filter((partition) -> partition.day() != null)
			.flatMap((partition) -> Stream.ofNullable(partition.keptDays()))
			.mapToInt(Integer::intValue)
			.max();
	}

	// A row stays visible for at least its days, whatever time of its day it has.
	private void dropIfOver(Partition partition, int days) {
		if (partition.isOver(days, this.today)) {
			attempt("drop " + partition.name(), () -> {
				BriefLock.attempt(this.jdbc, () -> this.jdbc.sql("drop table signals." + partition.name()).update());
				log.info("Dropped {}, it was kept for {} days", partition.name(), days);
			});
		}
	}

	private void delete(String name, Table table, int days) {
		TimeColumn stored = table.lifetime().stored();
		delete(name, stored.name() + " < " + stored.literal(this.today.minusDays(days)));
	}

	private void delete(String table, String rows) {
		attempt("expire " + table, () -> {
			String chunk = "delete from signals.%1$s where ctid = any(array(select ctid from signals.%1$s where %2$s limit %3$d))"
				.formatted(table, rows, CHUNK);
			int deleted;
			do {
				deleted = this.jdbc.sql(chunk).update();
			}
			while (deleted == CHUNK);
		});
	}

	// One partition that somebody reads for long must not keep the others from ending.
	private static void attempt(String what, Runnable work) {
		try {
			work.run();
		}
		catch (DataAccessException ex) {
			log.warn("Could not {}, the next maintenance will try again: {}", what,
					ex.getMostSpecificCause().getMessage());
		}
	}

}
