package dev.whence.store.segment;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import dev.whence.model.SignalType;
import dev.whence.model.search.Field;
import dev.whence.store.column.ColumnCodec;
import dev.whence.store.column.FixedCodec;
import dev.whence.store.column.IntegerCodec;
import dev.whence.store.column.JsonCodec;
import dev.whence.store.column.NullableCodec;
import dev.whence.store.column.TextCodec;
import dev.whence.store.table.Column;
import dev.whence.store.table.Table;

/**
 * How the columns of a table lie in a block. Everything about it follows from the names
 * and types of the columns.
 */
final class Layout {

	/** Equal for all rows of a segment, or of no use once a row is closed. */
	private static final Set<String> LEFT_OUT = Set.of("project_id", "retention_days", "received");

	private static final Set<String> JSON = Set.of("attributes", "resource", "details");

	private static final String TRACE = "trace_id";

	/** Ids of spans, which belong to the trace of their row. */
	private static final Set<String> SPANS = Set.of("span_id", "parent_span_id");

	private static final Map<String, Layout> BY_NAME = new HashMap<>();

	static {
		for (SignalType type : SignalType.values()) {
			BY_NAME.put(Table.of(type).name(), new Layout(type));
		}
	}

	private final Table table;

	private final SignalType type;

	private final Map<Field.Own, Integer> fields = new EnumMap<>(Field.Own.class);

	private final List<Integer> stored = new ArrayList<>();

	private final List<Integer> spans = new ArrayList<>();

	private final int time;

	private final int service;

	private final int id;

	private final int trace;

	private final int attributes;

	private final int resource;

	private Layout(SignalType type) {
		this.type = type;
		this.table = Table.of(type);
		List<Column> columns = this.table.columns();
		for (int i = 0; i < columns.size(); i++) {
			if (!LEFT_OUT.contains(columns.get(i).name())) {
				this.stored.add(i);
			}
			if (SPANS.contains(columns.get(i).name())) {
				this.spans.add(i);
			}
		}
		this.time = column("time");
		this.service = column("service");
		this.id = column("signal_id");
		this.trace = column(TRACE);
		this.attributes = column("attributes");
		this.resource = column("resource");
		for (Field.Own field : Field.Own.values()) {
			this.fields.put(field, place(columnOf(field)));
		}
	}

	private static String columnOf(Field.Own field) {
		return switch (field) {
			case TRACE -> TRACE;
			case SPAN -> "span_id";
			case PARENT -> "parent_span_id";
			default -> field.written();
		};
	}

	static Layout of(Table table) {
		Layout layout = BY_NAME.get(table.name());
		if (layout == null) {
			throw new IllegalArgumentException("rows of " + table + " do not become segments");
		}
		return layout;
	}

	Table table() {
		return this.table;
	}

	SignalType type() {
		return this.type;
	}

	/** The columns that a block has, by their places in the table. */
	List<Integer> stored() {
		return this.stored;
	}

	/** Those of them that hold ids of spans. */
	List<Integer> spans() {
		return this.spans;
	}

	int time() {
		return this.time;
	}

	int service() {
		return this.service;
	}

	int id() {
		return this.id;
	}

	int trace() {
		return this.trace;
	}

	int attributes() {
		return this.attributes;
	}

	int resource() {
		return this.resource;
	}

	int column(String name) {
		int place = place(name);
		if (place < 0) {
			throw new IllegalArgumentException(this.table + " has no column " + name);
		}
		return place;
	}

	/** The column of a field, negative where the table has none. */
	int column(Field.Own field) {
		return Objects.requireNonNull(this.fields.get(field));
	}

	private int place(String name) {
		List<Column> columns = this.table.columns();
		for (int i = 0; i < columns.size(); i++) {
			if (columns.get(i).name().equals(name)) {
				return i;
			}
		}
		return -1;
	}

	/** The place of a column among the chunks of a block, negative for the trace's. */
	int chunk(int column) {
		int chunk = 0;
		for (int one : this.stored) {
			if (one == column) {
				return (one == this.trace) ? -1 : chunk;
			}
			chunk += (one == this.trace) ? 0 : 1;
		}
		throw new IllegalArgumentException(this.table + " does not store column " + column);
	}

	/** How a column is written that is not an id of a trace or span. */
	ColumnCodec codec(int column) {
		Column described = this.table.columns().get(column);
		return new NullableCodec(switch (described.type()) {
			case INT2 -> new IntegerCodec(Short.BYTES);
			case INT4 -> new IntegerCodec(Integer.BYTES);
			case INT8, TIMESTAMPTZ -> new IntegerCodec(Long.BYTES);
			case FLOAT8 -> new FixedCodec(Double.BYTES);
			case UUID -> new FixedCodec(2 * Long.BYTES);
			case TEXT, BYTEA -> JSON.contains(described.name()) ? JsonCodec.INSTANCE : TextCodec.INSTANCE;
		});
	}

}
