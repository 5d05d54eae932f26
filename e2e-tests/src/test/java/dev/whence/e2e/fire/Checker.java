package dev.whence.e2e.fire;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.postgresql.PGConnection;

/**
 * Holds what clients were promised against what the tables hold, in SQL. It knows nothing
 * of how the rows got there. Temporary tables belong to the connection.
 */
final class Checker {

	private static final int EXAMPLES = 20;

	private final Connection connection;

	Checker(Connection connection) {
		this.connection = connection;
	}

	/** What became of the signals of one run. */
	Storage storage(int run, Ledger ledger) throws SQLException {
		load("acked", "mark text", ledger.acknowledged());
		execute("drop table if exists stored");
		execute("""
				create temp table stored as
				select mark, count(*) as copies
				  from (select substring(message from 'mk[0-9a-f]{16}') as mark from signals.log_record
				         where service like '%1$s%%'
				         union all
				        select substring(attributes::text from 'mk[0-9a-f]{16}') from signals.span
				         where service like '%1$s%%'
				         union all
				        select name from signals.run_event where name like '%2$s%%') signal
				 group by mark""".formatted(DeliveryPlan.services(run), DeliveryPlan.marks(run)));
		execute("analyze acked");
		execute("analyze stored");
		return new Storage(number("select count(*) from acked"), number("select coalesce(sum(copies), 0) from stored"),
				number("select count(*) from stored s where not exists (select 1 from acked a where a.mark = s.mark)"),
				texts("select mark from acked a where not exists (select 1 from stored s where s.mark = a.mark)"),
				texts("select mark from stored where copies > 1 or mark is null"));
	}

	/**
	 * What became of batches of logs.
	 * @param acknowledged what the marks of each acknowledged request begin with
	 * @param refused the same of all others
	 * @param size how many records each has
	 */
	Batches batches(int run, List<String> acknowledged, List<String> refused, int size) throws SQLException {
		load("acked", "request text", acknowledged);
		load("refused", "request text", refused);
		// Millions of marks are grouped in memory.
		execute("set work_mem = '256MB'");
		execute("drop table if exists stored");
		execute("""
				create temp table stored as
				select substr(mark, 1, 14) as request, sum(copies) as copies, count(*) as records
				  from (select substr(message, strpos(message, 'mk'), 18) as mark, count(*) as copies
				          from signals.log_record where service like '%s%%' group by mark) signal
				 group by request""".formatted(DeliveryPlan.services(run)));
		execute("analyze acked");
		execute("analyze refused");
		execute("analyze stored");
		return new Batches(number("select coalesce(sum(copies), 0) from stored join acked using (request)"),
				number("select coalesce(sum(copies), 0) from stored join refused using (request)"),
				texts("select request from acked a where not exists (select 1 from stored s where s.request = a.request "
						+ "and s.records = " + size + ")"),
				texts("select request from stored where records <> " + size),
				texts("select request from stored where copies > records"));
	}

	/** What became of the troubles of one run, once the worker has nothing left to do. */
	Incidents incidents(Ledger ledger) throws SQLException {
		load("trouble", "mark text, trace text",
				ledger.troubles().stream().map((trouble) -> trouble.mark() + "\t" + trouble.trace()).toList());
		execute("analyze trouble");
		return new Incidents(ledger.troubles().size(), texts("""
				select t.mark from trouble t
				 where not exists (select 1 from signals.problem p where p.trace_id = decode(t.trace, 'hex'))"""),
				texts("""
						select t.mark from trouble t
						 where (select count(*) from signals.problem p where p.trace_id = decode(t.trace, 'hex'))
						       is distinct from
						       (select sum(m.signals) from incidents.incident_member m
						         where m.subject = 'TRACE:' || t.trace)"""),
				number("select count(*) from incidents.incident"), number("select count(*) from incidents.analysis"),
				texts("""
						select id::text from incidents.incident i
						 where severity in ('HIGH', 'CRITICAL')
						   and not exists (select 1 from incidents.analysis a
						                    where a.incident_id = i.id and a.incident_version = i.version)"""),
				texts("""
						select incident_id || ' version ' || incident_version from incidents.analysis
						 group by incident_id, incident_version having count(*) > 1"""));
	}

	/** Incidents of all runs that have an analysis. */
	Set<String> analysed() throws SQLException {
		Set<String> incidents = new HashSet<>();
		try (Statement statement = this.connection.createStatement();
				ResultSet rows = statement.executeQuery("select distinct incident_id::text from incidents.analysis")) {
			while (rows.next()) {
				incidents.add(rows.getString(1));
			}
		}
		return incidents;
	}

	/** Announcements that the wire has not taken yet. */
	long outbox() throws SQLException {
		return number("select count(*) from signals.outbox");
	}

	/**
	 * Whether all that has to happen to the troubles has happened. An empty outbox and an
	 * idle worker are not enough: an announcement may be between the two.
	 */
	boolean settled(Ledger ledger) throws SQLException {
		// Minutes are counted in the background, long after they became quiet.
		if (outbox() > 0 || number("""
				select count(*) from incidents.job where wanted_version > done_version and priority = 0""") > 0) {
			return false;
		}
		Incidents incidents = incidents(ledger);
		return incidents.outside().count() == 0 && incidents.unanalysed().count() == 0;
	}

	private void load(String table, String columns, List<String> rows) throws SQLException {
		execute("drop table if exists " + table);
		execute("create temp table " + table + " (" + columns + ")");
		try {
			this.connection.unwrap(PGConnection.class)
				.getCopyAPI()
				.copyIn("copy " + table + " from stdin", new StringReader(String.join("\n", rows)));
		}
		catch (IOException ex) {
			throw new SQLException(ex);
		}
	}

	private void execute(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private long number(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
			rows.next();
			return rows.getLong(1);
		}
	}

	private Found texts(String sql) throws SQLException {
		List<String> examples = new ArrayList<>();
		long count = 0;
		try (Statement statement = this.connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
			while (rows.next()) {
				if (count++ < EXAMPLES) {
					examples.add(rows.getString(1));
				}
			}
		}
		return new Found(count, examples);
	}

	/** How many, and some of them. */
	record Found(long count, List<String> examples) {
	}

	/**
	 * Signals.
	 *
	 * @param acknowledged that clients were told are stored
	 * @param stored rows
	 * @param inDoubt stored although no acknowledgement was ever read
	 * @param lost acknowledged and not stored
	 * @param twice stored more than once
	 */
	record Storage(long acknowledged, long stored, long inDoubt, Found lost, Found twice) {
	}

	/**
	 * Requests with many signals.
	 *
	 * @param lost acknowledged and not stored as a whole
	 * @param torn stored in part, acknowledged or not
	 * @param twice with records that are stored more than once
	 */
	record Batches(long acknowledgedRows, long refusedRows, Found lost, Found torn, Found twice) {
	}

	/**
	 * Troubles and what was made of them.
	 *
	 * @param troubles acknowledged signals of severity HIGH
	 * @param unnoticed those of which nothing was noted as a problem
	 * @param outside those whose problems are not all part of an incident
	 * @param incidents of all runs
	 * @param analyses of all runs
	 * @param unanalysed incidents whose latest version has no analysis
	 * @param analysedTwice versions with more than one
	 */
	record Incidents(long troubles, Found unnoticed, Found outside, long incidents, long analyses, Found unanalysed,
			Found analysedTwice) {
	}

}
