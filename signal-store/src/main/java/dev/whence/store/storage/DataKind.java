package dev.whence.store.storage;

import java.util.Locale;

import dev.whence.store.table.Table;

/** What a table is for. */
public enum DataKind {

	LOGS, SPANS, METRICS,

	/** Signals of all three kinds whose hour is over, and the filters above them. */
	SEGMENTS,

	/** Events of decision runs. */
	RUNS,

	/** What was counted. */
	ROLLUPS,

	/** Keys, problems, incidents and whatever else there is. */
	OTHER;

	public String wireName() {
		return name().toLowerCase(Locale.ROOT);
	}

	static DataKind of(String table) {
		if (table.equals(Table.LOG_RECORD.name())) {
			return LOGS;
		}
		if (table.equals(Table.SPAN.name())) {
			return SPANS;
		}
		if (table.equals(Table.METRIC_POINT.name())) {
			return METRICS;
		}
		if (table.equals(Table.SEGMENT.name()) || table.equals(Table.SEGMENT_GROUP.name())) {
			return SEGMENTS;
		}
		if (table.equals(Table.RUN_EVENT.name())) {
			return RUNS;
		}
		return (table.startsWith("rollup_") || table.equals("metric_series")) ? ROLLUPS : OTHER;
	}

}
