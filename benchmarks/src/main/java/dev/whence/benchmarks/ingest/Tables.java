package dev.whence.benchmarks.ingest;

import java.util.List;

import dev.whence.benchmarks.ingest.machine.DatabaseServer;

/** Looks behind the services: what is really stored. */
final class Tables {

	private Tables() {
	}

	/** Empties the signal tables, which only a superuser can, and writes a checkpoint. */
	static void clear(DatabaseServer database) {
		List<String> tables = database.query("""
				select c.oid::regclass from pg_class c join pg_namespace n on n.oid = c.relnamespace
				 where n.nspname = 'signals' and (c.relkind = 'p' and not c.relispartition or c.relname = 'signal_key')
				""");
		database.execute("set session_replication_role = replica", "truncate " + String.join(", ", tables),
				"checkpoint");
	}

	/**
	 * Every acknowledged signal is stored, and once: all times of a load differ, so there
	 * are as many rows as contents as acknowledgements.
	 * @throws IllegalStateException otherwise
	 */
	static void requireExactlyOnce(DatabaseServer database, String table, long acknowledged) {
		// Each signal has a number of its own among its attributes; times may meet.
		String content = table.endsWith("metric_point") ? "concat(service, name, value, attributes, details)"
				: "attributes";
		String found = database
			.query("select count(*) || ' rows, ' || count(distinct hashtextextended(" + content
					+ ", time)) || ' contents' from " + table)
			.getFirst();
		if (!found.equals(acknowledged + " rows, " + acknowledged + " contents")) {
			throw new IllegalStateException(
					acknowledged + " signals were acknowledged, but " + table + " has " + found);
		}
	}

	/** Bytes of a row as PostgreSQL keeps it, without its header. */
	static double rowBytes(DatabaseServer database, String table) {
		return Double.parseDouble(database.query("""
				select round(avg(pg_column_size(r.*) - 24), 1) from (select * from %s limit 20000) r
				""".formatted(table)).getFirst());
	}

}
