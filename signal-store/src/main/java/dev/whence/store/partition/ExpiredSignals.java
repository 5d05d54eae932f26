package dev.whence.store.partition;

import java.time.LocalDate;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.whence.store.table.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Ends what has been kept long enough. Whole days go by dropping their partition. What
 * lies in a default partition, because its event time was outside all days, goes by the
 * time it was received: a sender whose clock lies, or who replays an old recording, keeps
 * its data as long as everybody else.
 */
final class ExpiredSignals {

	private static final Logger log = LoggerFactory.getLogger(ExpiredSignals.class);

	private static final int CHUNK = 20_000;

	private static final Pattern CLASS = Pattern.compile("(?:log_record|span|metric_point)_(\\d{1,4})d");

	private static final Pattern DAY_OF_PROBLEMS = Pattern.compile("problem_(\\d{8})");

	private final JdbcClient jdbc;

	private final LocalDate today;

	ExpiredSignals(JdbcClient jdbc, LocalDate today) {
		this.jdbc = jdbc;
		this.today = today;
	}

	void end() {
		this.jdbc.sql("set whence.expiry = 'on'").update();
		List<String> tables = PartitionTree.partitions(this.jdbc);
		OptionalInt longest = longest(tables);
		for (String table : tables) {
			Matcher day = PartitionTree.DAY_OF_CLASS.matcher(table);
			Matcher problems = DAY_OF_PROBLEMS.matcher(table);
			Matcher retentionClass = CLASS.matcher(table);
			if (day.matches()) {
				dropIfOver(table, LocalDate.parse(day.group(2), PartitionTree.DAY), Integer.parseInt(day.group(1)));
			}
			else if (problems.matches()) {
				longest.ifPresent(
						(days) -> dropIfOver(table, LocalDate.parse(problems.group(1), PartitionTree.DAY), days));
			}
			else if (retentionClass.matches()) {
				delete(table + "_default", "received < " + cutoff(Integer.parseInt(retentionClass.group(1))));
			}
		}
		longest.ifPresent(this::endWhatHasNoClass);
	}

	private void endWhatHasNoClass(int days) {
		for (Table table : Table.TELEMETRY) {
			delete(table.unqualifiedName() + "_default", "received < " + cutoff(days));
		}
		delete("problem_default", "stored_at < '" + this.today.minusDays(days) + "'");
		delete("signal_key", "received < " + cutoff(days));
	}

	/**
	 * For how many days something is kept at most, after which nothing refers to it any
	 * more. Days that nobody chooses any longer count as long as partitions have them.
	 */
	private static OptionalInt longest(List<String> tables) {
		return tables.stream()
			.map(PartitionTree.DAY_OF_CLASS::matcher)
			.filter(Matcher::matches)
			.mapToInt((day) -> Integer.parseInt(day.group(1)))
			.max();
	}

	// A row stays visible for at least its days, whatever time of its day it has.
	private void dropIfOver(String table, LocalDate day, int days) {
		if (day.plusDays(days + 1L).isBefore(this.today)) {
			attempt("drop " + table, () -> {
				BriefLock.attempt(this.jdbc, () -> this.jdbc.sql("drop table signals." + table).update());
				log.info("Dropped {}, it was kept for {} days", table, days);
			});
		}
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

	private long cutoff(int days) {
		return PartitionTree.nanos(this.today.minusDays(days));
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
