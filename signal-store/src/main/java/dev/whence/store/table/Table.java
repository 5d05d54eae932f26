package dev.whence.store.table;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.whence.model.SignalType;

/** The tables that rows are written to, with their columns in the order of the rows. */
public enum Table {

	LOG_RECORD("time int8, received int8, signal_id uuid, project_id int4, retention_days int2, trace_id bytea, "
			+ "span_id bytea, service text, level text, message text, attributes text, resource text, details text"),

	SPAN("time int8, received int8, signal_id uuid, project_id int4, retention_days int2, kind int2, duration int8, "
			+ "trace_id bytea, span_id bytea, parent_span_id bytea, service text, name text, status text, "
			+ "status_message text, attributes text, resource text, details text"),

	METRIC_POINT("time int8, received int8, signal_id uuid, project_id int4, retention_days int2, kind int2, "
			+ "value float8, trace_id bytea, service text, name text, unit text, attributes text, resource text, "
			+ "details text"),

	/** One row for each id that a client chose, whatever its signal's time. */
	SIGNAL_KEY("project_id int4, signal_id uuid, content_hash int8, received int8"),

	PROBLEM("time int8, project_id int4, signal_id uuid, signal_type int2, trace_id bytea, service text, "
			+ "severity int2, fingerprint text, title text");

	/** Those that hold telemetry, in the order of {@link SignalType}. */
	public static final List<Table> TELEMETRY = List.of(LOG_RECORD, SPAN, METRIC_POINT);

	private final List<Column> columns;

	private final String copyStatement;

	private final String insertStatement;

	Table(String columns) {
		this.columns = Stream.of(columns.split(", ")).map(Column::parse).toList();
		String names = this.columns.stream().map(Column::name).collect(Collectors.joining(", "));
		String arrays = this.columns.stream()
			.map((column) -> "?::" + column.type().sqlName() + "[]")
			.collect(Collectors.joining(", "));
		this.copyStatement = "copy " + qualifiedName() + " (" + names + ") from stdin (format binary)";
		this.insertStatement = "insert into " + qualifiedName() + " (" + names + ") select * from unnest(" + arrays
				+ ")";
	}

	public static Table of(SignalType type) {
		return TELEMETRY.get(type.code());
	}

	public List<Column> columns() {
		return this.columns;
	}

	public int columnCount() {
		return this.columns.size();
	}

	public String unqualifiedName() {
		return name().toLowerCase(Locale.ROOT);
	}

	public String qualifiedName() {
		return "signals." + unqualifiedName();
	}

	public String copyStatement() {
		return this.copyStatement;
	}

	/** Takes each column as an array of its values. */
	public String insertStatement() {
		return this.insertStatement;
	}

	public record Column(String name, Type type) {

		static Column parse(String text) {
			String[] parts = text.split(" ");
			return new Column(parts[0], Type.valueOf(parts[1].toUpperCase(Locale.ROOT)));
		}

	}

	/**
	 * A column's type and the object identifiers, its own and its array's (pg_type.dat).
	 */
	public enum Type {

		INT2(21, 1005), INT4(23, 1007), INT8(20, 1016), FLOAT8(701, 1022), TEXT(25, 1009), BYTEA(17, 1001),
		UUID(2950, 2951);

		private final int oid;

		private final int arrayOid;

		Type(int oid, int arrayOid) {
			this.oid = oid;
			this.arrayOid = arrayOid;
		}

		public int arrayOid() {
			return this.arrayOid;
		}

		public int oid() {
			return this.oid;
		}

		public String sqlName() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
