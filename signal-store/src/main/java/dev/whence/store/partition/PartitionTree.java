package dev.whence.store.partition;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;

import dev.whence.store.table.Table;
import dev.whence.store.table.TimeColumn;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Adds partitions below the tables. A partition is made as a table of its own and then
 * attached, which lets writers go on; rows that a default partition took before move into
 * it in the same transaction. For use by one connection at a time, which is its caller's
 * business.
 */
public final class PartitionTree {

	private final JdbcClient jdbc;

	private int made;

	PartitionTree(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Where rows of the table go that are kept for this many days. */
	Partition addClass(Table table, int days) {
		Partition partition = Partition.of(table).keptFor(days);
		if (!exists(partition)) {
			add(Partition.of(table), partition, "for values in (" + days + ")", "retention_days = " + days, true);
		}
		return partition;
	}

	void addDay(Partition parent, TimeColumn column, LocalDate day) {
		addPeriod(parent, parent.of(day), column);
	}

	/** Adds an hour, unless its day has a partition as a whole. */
	void addHour(Partition parent, TimeColumn column, OffsetDateTime hour) {
		if (!exists(parent.of(hour.toLocalDate()))) {
			addPeriod(parent, parent.of(hour), column);
		}
	}

	/**
	 * Gives up a day that a former release made ahead and nothing was written into, so
	 * that it can have hours.
	 */
	void dropIfEmpty(Partition parent, LocalDate day) {
		Partition partition = parent.of(day);
		if (exists(partition)) {
			// A block is one transaction: nothing is written between the look and the
			// end.
			BriefLock.attempt(this.jdbc, () -> this.jdbc.sql("""
					do $$
					begin
					    lock table signals.%1$s in access exclusive mode;
					    if not exists (select from signals.%1$s) then
					        drop table signals.%1$s;
					    end if;
					end $$
					""".formatted(partition.name())).update());
		}
	}

	private void addPeriod(Partition parent, Partition partition, TimeColumn column) {
		if (!exists(partition)) {
			String from = column.literal(partition.from());
			String to = column.literal(partition.to());
			add(parent, partition, "for values from (" + from + ") to (" + to + ")",
					column.name() + " >= " + from + " and " + column.name() + " < " + to, false);
		}
	}

	/** How many partitions were added. */
	int made() {
		return this.made;
	}

	/** The partitions of these tables, on every level, without the default ones. */
	public static List<Partition> partitions(JdbcClient jdbc, Collection<Table> tables) {
		return jdbc.sql("""
				select relname from pg_class c join pg_namespace n on n.oid = relnamespace
				where nspname = 'signals' and relkind in ('r', 'p') and relispartition order by relname
				""")
			.query(String.class)
			.list()
			.stream()
			.flatMap((name) -> Partition.named(name, tables).stream())
			.toList();
	}

	private boolean exists(Partition partition) {
		return this.jdbc.sql("select to_regclass(:name) is not null")
			.param("name", "signals." + partition.name())
			.query(Boolean.class)
			.single();
	}

	// A block without parameters is one call and one transaction.
	private void add(Partition parent, Partition partition, String bounds, String rows, boolean byDay) {
		BriefLock.attempt(this.jdbc, () -> this.jdbc
			.sql("""
					do $$
					begin
					    perform set_config('whence.expiry', 'on', true);
					    create table signals.%2$s (like signals.%1$s including defaults including storage)%5$s;
					    %6$s
					    lock table signals.%1$s_default in share row exclusive mode;
					    with moved as (delete from signals.%1$s_default where %4$s returning *)
					        insert into signals.%2$s select * from moved;
					    alter table signals.%1$s attach partition signals.%2$s %3$s;
					end $$
					""".formatted(parent.name(), partition.name(), bounds, rows,
					byDay ? " partition by range (time)" : "", byDay ? "create table signals." + partition.defaultName()
							+ " partition of signals." + partition.name() + " default;" : ""))
			.update());
		this.made++;
	}

}
