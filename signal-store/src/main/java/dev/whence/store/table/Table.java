package dev.whence.store.table;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.whence.model.SignalType;

/**
 * An append-only table: what it is called, which columns are written, which of them are
 * its key, how it is partitioned and for how long its rows are kept. Everything that
 * copies, looks up, partitions and deletes rows works from this description, so another
 * table is another constant in {@link #ALL}.
 * <p>
 * Tables are ordered by their names: that is the order in which every writer comes to
 * them, so that two writers do not wait for each other.
 */
public final class Table implements Comparable<Table> {

	public static final Table LOG_RECORD = new Table("log_record",
			"time int8, received int8, signal_id uuid, project_id int4, retention_days int2, trace_id bytea, "
					+ "span_id bytea, service text, level text, message text, attributes text, resource text, "
					+ "details text",
			"time, project_id, signal_id",
			Lifetime.chosen(SignalType.LOG.code())
				.searchedBy("service", "project_id, service, time")
				.closingByTheHour());

	public static final Table SPAN = new Table("span",
			"time int8, received int8, signal_id uuid, project_id int4, retention_days int2, kind int2, "
					+ "duration int8, trace_id bytea, span_id bytea, parent_span_id bytea, service text, name text, "
					+ "status text, status_message text, attributes text, resource text, details text",
			"time, project_id, signal_id",
			Lifetime.chosen(SignalType.TRACE.code())
				.searchedBy("service", "project_id, service, time")
				.closingByTheHour());

	public static final Table METRIC_POINT = new Table("metric_point",
			"time int8, received int8, signal_id uuid, project_id int4, retention_days int2, kind int2, "
					+ "value float8, trace_id bytea, service text, name text, unit text, attributes text, "
					+ "resource text, details text",
			"time, project_id, signal_id",
			Lifetime.chosen(SignalType.METRIC.code())
				.searchedBy("service", "project_id, service, time")
				.closingByTheHour());

	/**
	 * What clients told of their decision runs. Some columns repeat what {@code data}
	 * says, for searching: a row is never asked for what is only in its text.
	 */
	public static final Table RUN_EVENT = new Table("run_event",
			"time int8, received int8, event_id uuid, project_id int4, retention_days int2, run_id uuid, "
					+ "subject uuid, kind int2, type_name text, name text, step_type text, started int8, trace_id bytea, "
					+ "input_count int8, output_count int8, drop_rate float8, cost float8, data text",
			"time, project_id, event_id", Lifetime.chosen(3));

	/** One row for each id that a client chose, whatever its signal's time. */
	public static final Table SIGNAL_KEY = new Table("signal_key",
			"project_id int4, signal_id uuid, content_hash int8, received int8", "project_id, signal_id",
			new Lifetime.AsLongest(TimeColumn.nanos("received")));

	/**
	 * One row for each signal that is a sign of trouble. It can outlive its signal, which
	 * may have been kept for fewer days.
	 */
	public static final Table PROBLEM = new Table("problem",
			"time int8, project_id int4, signal_id uuid, signal_type int2, trace_id bytea, service text, "
					+ "severity int2, fingerprint text, title text",
			"time, project_id, signal_id",
			new Lifetime.AsLongestByDay(TimeColumn.nanos("time"), TimeColumn.timestamp("stored_at")));

	/**
	 * Signals whose hour is over, in columns. Only the columns that every statement needs
	 * are described here.
	 */
	public static final Table SEGMENT = new Table("segment",
			"time int8, received int8, segment_id uuid, project_id int4, retention_days int2, last_time int8, rows int4",
			"time, project_id, segment_id",
			new Lifetime.AsSignals(TimeColumn.nanos("time"), TimeColumn.nanos("received")));

	/** Filters above many segments. */
	public static final Table SEGMENT_GROUP = new Table("segment_group",
			"group_id uuid, received int8, project_id int4, retention_days int2, version int2, time int8, last_time int8",
			"project_id, group_id", new Lifetime.AsEachRow(TimeColumn.nanos("received")));

	/** The journal of what was not stored; a sample, for people to look at. */
	public static final Table REJECTED_RECORD = new Table("rejected_record",
			"project_id int4, received_at timestamptz, transport text, signal_type text, reason text, message text, "
					+ "service text, signal_id text, excerpt text",
			"", new Lifetime.Days(TimeColumn.timestamp("received_at"), 7));

	public static final List<Table> ALL = List.of(LOG_RECORD, SPAN, METRIC_POINT, RUN_EVENT, SIGNAL_KEY, PROBLEM,
			SEGMENT, SEGMENT_GROUP, REJECTED_RECORD);

	/**
	 * Those that hold signals, in the order in which everybody comes to them: to close an
	 * hour takes each for itself for a moment.
	 */
	public static final List<Table> SIGNALS = List.of(LOG_RECORD, METRIC_POINT, SPAN);

	/** Holds a number that is equal for equal contents. */
	private static final String CONTENT_HASH = "content_hash";

	private final String name;

	private final List<Column> columns;

	private final List<Column> key;

	private final Lifetime lifetime;

	private final String copyStatement;

	private final String insertStatement;

	/**
	 * @param columns those that are written, with their types, in the order of the rows
	 * @param key the names of those that name a row, in the order of the primary key;
	 * empty where the database numbers the rows. The column that rows are partitioned by
	 * need not be among them
	 */
	public Table(String name, String columns, String key, Lifetime lifetime) {
		this.name = name;
		this.columns = Stream.of(columns.split(", ")).map(Column::parse).toList();
		this.key = key.isEmpty() ? List.of() : Stream.of(key.split(", ")).map(this::column).toList();
		this.lifetime = lifetime;
		String names = this.columns.stream().map(Column::name).collect(Collectors.joining(", "));
		String arrays = this.columns.stream()
			.map((column) -> "?::" + column.type().sqlName() + "[]")
			.collect(Collectors.joining(", "));
		this.copyStatement = "copy " + qualifiedName() + " (" + names + ") from stdin (format binary)";
		this.insertStatement = "insert into " + qualifiedName() + " (" + names + ") select * from unnest(" + arrays
				+ ")";
	}

	/** Where signals of a type lie. */
	public static Table of(SignalType type) {
		return switch (type) {
			case LOG -> LOG_RECORD;
			case TRACE -> SPAN;
			case METRIC -> METRIC_POINT;
		};
	}

	public List<Column> columns() {
		return this.columns;
	}

	public int columnCount() {
		return this.columns.size();
	}

	public List<Column> key() {
		return this.key;
	}

	/**
	 * Whether a row says what its key stands for, so that a second content under the key
	 * is told from a repeated one.
	 */
	public boolean hasContentHash() {
		return this.columns.stream().map(Column::name).anyMatch(CONTENT_HASH::equals);
	}

	public Lifetime lifetime() {
		return this.lifetime;
	}

	/** The part of the key that says in which partition a row lies, if there is one. */
	public Optional<Column> dayInKey() {
		return this.lifetime.day()
			.flatMap((day) -> this.key.stream().filter((c) -> c.name().equals(day.name())).findFirst());
	}

	public String name() {
		return this.name;
	}

	/** The name with the schema, as SQL needs it. */
	public String qualifiedName() {
		return "signals." + this.name;
	}

	public String copyStatement() {
		return this.copyStatement;
	}

	/** Takes each column as an array of its values. */
	public String insertStatement() {
		return this.insertStatement;
	}

	@Override
	public int compareTo(Table other) {
		return this.name.compareTo(other.name);
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Table table && this.name.equals(table.name);
	}

	@Override
	public int hashCode() {
		return this.name.hashCode();
	}

	@Override
	public String toString() {
		return qualifiedName();
	}

	private Column column(String name) {
		return this.columns.stream()
			.filter((column) -> column.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(this.name + " has no column " + name));
	}

}
