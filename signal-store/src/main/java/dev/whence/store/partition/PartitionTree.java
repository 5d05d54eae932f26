package dev.whence.store.partition;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Pattern;

import dev.whence.store.form.EpochNanos;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Adds partitions below the telemetry tables. A partition is made as a table of its own
 * and then attached, which lets writers go on; rows that a default partition took before
 * move into it in the same transaction. For use by one connection at a time, which is its
 * caller's business.
 */
final class PartitionTree {

	static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd");

	/** The table of a day, with the days that it is kept and the day itself. */
	static final Pattern DAY_OF_CLASS = Pattern.compile("(?:log_record|span|metric_point)_(\\d{1,4})d_(\\d{8})");

	private final JdbcClient jdbc;

	private int made;

	PartitionTree(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Where rows go that are kept for this many days. */
	void addClass(String table, String name, int days) {
		if (!exists(name)) {
			add(table, name, "for values in (" + days + ")", "retention_days = " + days, true);
		}
	}

	void addDay(String parent, LocalDate day) {
		String name = parent + "_" + DAY.format(day);
		if (!exists(name)) {
			long from = nanos(day);
			long to = nanos(day.plusDays(1));
			add(parent, name, "for values from (" + from + ") to (" + to + ")", "time >= " + from + " and time < " + to,
					false);
		}
	}

	/** How many partitions were added. */
	int made() {
		return this.made;
	}

	/** The names of all partitions, on every level. */
	static List<String> partitions(JdbcClient jdbc) {
		return jdbc.sql("""
				select relname from pg_class c join pg_namespace n on n.oid = relnamespace
				where nspname = 'signals' and relkind in ('r', 'p') and relispartition order by relname
				""").query(String.class).list();
	}

	static long nanos(LocalDate day) {
		Instant midnight = day.atStartOfDay(ZoneOffset.UTC).toInstant();
		return EpochNanos.toLong(midnight);
	}

	private boolean exists(String name) {
		return this.jdbc.sql("select to_regclass(:name) is not null")
			.param("name", "signals." + name)
			.query(Boolean.class)
			.single();
	}

	// A block without parameters is one call and one transaction.
	private void add(String parent, String name, String bounds, String rows, boolean byDay) {
		BriefLock.attempt(this.jdbc,
				() -> this.jdbc.sql("""
						do $$
						begin
						    perform set_config('whence.expiry', 'on', true);
						    create table signals.%2$s (like signals.%1$s including defaults)%5$s;
						    %6$s
						    lock table signals.%1$s_default in share row exclusive mode;
						    with moved as (delete from signals.%1$s_default where %4$s returning *)
						        insert into signals.%2$s select * from moved;
						    alter table signals.%1$s attach partition signals.%2$s %3$s;
						end $$
						""".formatted(parent, name, bounds, rows, byDay ? " partition by range (time)" : "", byDay
						? "create table signals." + name + "_default partition of signals." + name + " default;" : ""))
					.update());
		this.made++;
	}

}
