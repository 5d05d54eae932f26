package dev.whence.store;

import java.util.List;
import java.util.Locale;

import dev.whence.model.SignalType;

/** The tables that rows are copied into, with their columns in the order of the rows. */
enum Table {

	LOG_RECORD("time, received, signal_id, project_id, retention_days, trace_id, span_id, service, level, message, "
			+ "attributes, resource, details"),

	SPAN("time, received, signal_id, project_id, retention_days, kind, duration, trace_id, span_id, parent_span_id, "
			+ "service, name, status, status_message, attributes, resource, details"),

	METRIC_POINT("time, received, signal_id, project_id, retention_days, kind, value, trace_id, service, name, unit, "
			+ "attributes, resource, details"),

	/** One row for each id that a client chose, whatever its signal's time. */
	SIGNAL_KEY("project_id, signal_id, content_hash, received"),

	PROBLEM("time, project_id, signal_id, signal_type, trace_id, service, severity, fingerprint, title");

	/** Those that hold telemetry, in the order of {@link SignalType}. */
	static final List<Table> TELEMETRY = List.of(LOG_RECORD, SPAN, METRIC_POINT);

	private final String columns;

	private final int columnCount;

	Table(String columns) {
		this.columns = columns;
		this.columnCount = columns.split(",").length;
	}

	static Table of(SignalType type) {
		return TELEMETRY.get(type.ordinal());
	}

	int columnCount() {
		return this.columnCount;
	}

	String unqualifiedName() {
		return name().toLowerCase(Locale.ROOT);
	}

	String qualifiedName() {
		return "signals." + unqualifiedName();
	}

	String copyStatement() {
		return "copy " + qualifiedName() + " (" + this.columns + ") from stdin (format binary)";
	}

}
