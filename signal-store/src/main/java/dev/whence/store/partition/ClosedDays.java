package dev.whence.store.partition;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;

import dev.whence.store.table.Lifetime;
import dev.whence.store.table.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Indexes days that nobody writes to any more for the searches that are rare. The index
 * is built beside whoever reads and writes; it waits for transactions that are older than
 * it, and nobody waits for it.
 */
final class ClosedDays {

	private static final Logger log = LoggerFactory.getLogger(ClosedDays.class);

	/** A transaction that was forgotten must not keep this connection for ever. */
	private static final Duration PATIENCE = Duration.ofMinutes(10);

	private final JdbcClient jdbc;

	private final Collection<Table> tables;

	private final LocalDate today;

	ClosedDays(JdbcClient jdbc, Collection<Table> tables, LocalDate today) {
		this.jdbc = jdbc;
		this.tables = tables;
		this.today = today;
	}

	void index() {
		BriefLock.limitWaits(this.jdbc, PATIENCE);
		for (Partition partition : PartitionTree.partitions(this.jdbc, this.tables)) {
			if (partition.isOver(0, this.today) && partition.table().lifetime() instanceof Lifetime.Chosen chosen
					&& chosen.index() != null) {
				index(partition.name(), chosen.index());
			}
		}
	}

	// An attempt that was broken off leaves an index that is of no use.
	private void index(String table, Lifetime.Index wanted) {
		String index = table + "_" + wanted.suffix();
		if (isValid(index)) {
			return;
		}
		try {
			this.jdbc.sql("drop index concurrently if exists signals." + index).update();
			this.jdbc.sql("create index concurrently " + index + " on signals." + table + " (" + wanted.columns() + ")")
				.update();
		}
		catch (DataAccessException ex) {
			log.warn("Could not index {}, the next maintenance will try again: {}", table,
					ex.getMostSpecificCause().getMessage());
		}
	}

	private boolean isValid(String index) {
		return this.jdbc
			.sql("select exists (select from pg_index where indexrelid = to_regclass(:name) and indisvalid)")
			.param("name", "signals." + index)
			.query(Boolean.class)
			.single();
	}

}
