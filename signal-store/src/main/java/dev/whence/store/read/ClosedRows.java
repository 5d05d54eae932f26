package dev.whence.store.read;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import dev.whence.model.LogRecord;
import dev.whence.model.MetricKind;
import dev.whence.model.MetricPoint;
import dev.whence.model.Signal;
import dev.whence.model.SignalType;
import dev.whence.model.Span;
import dev.whence.model.SpanKind;
import dev.whence.model.TraceId;
import dev.whence.store.form.EncodedJson;
import dev.whence.store.form.EpochNanos;
import dev.whence.store.form.IdCodec;
import dev.whence.store.segment.StoredRow;
import dev.whence.store.table.Table;
import org.jspecify.annotations.Nullable;

/** Reads what segments give back, which has the form of rows. */
final class ClosedRows {

	private static final Map<Table, ClosedRows> ALL = new HashMap<>();

	static {
		for (SignalType type : SignalType.values()) {
			ALL.put(Table.of(type), new ClosedRows(type));
		}
	}

	private final SignalType type;

	private final Map<String, Integer> columns = new HashMap<>();

	private ClosedRows(SignalType type) {
		this.type = type;
		Table table = Table.of(type);
		for (int i = 0; i < table.columnCount(); i++) {
			this.columns.put(table.columns().get(i).name(), i);
		}
	}

	static Signal read(StoredRow row) {
		return Objects.requireNonNull(ALL.get(row.table())).signal(row);
	}

	private Signal signal(StoredRow row) {
		String trace = IdCodec.TRACE.decodeNullable(bytes(row, "trace_id"));
		TraceId traceId = (trace != null) ? new TraceId(trace) : null;
		Instant time = EpochNanos.ofLong(row.time());
		String service = text(row, "service");
		Map<String, @Nullable Object> attributes = json(row, "attributes");
		Map<String, @Nullable Object> resource = json(row, "resource");
		Map<String, @Nullable Object> details = json(row, "details");
		return switch (this.type) {
			case LOG -> new LogRecord(row.id(), traceId, IdCodec.SPAN.decodeNullable(bytes(row, "span_id")), service,
					time, text(row, "level"), text(row, "message"), attributes, resource, details);
			case TRACE -> new Span(row.id(), Objects.requireNonNull(traceId),
					Objects.requireNonNull(IdCodec.SPAN.decodeNullable(bytes(row, "span_id"))),
					IdCodec.SPAN.decodeNullable(bytes(row, "parent_span_id")), service, text(row, "name"),
					SpanKind.ofCode(code(row)), time, Duration.ofNanos(required(row, "duration").getLong()),
					text(row, "status"), nullableText(row, "status_message"), attributes, resource, details);
			case METRIC -> new MetricPoint(row.id(), traceId, service, time, text(row, "name"),
					MetricKind.ofCode(code(row)), value(row), text(row, "unit"), attributes, resource, details);
		};
	}

	private int code(StoredRow row) {
		return required(row, "kind").getShort();
	}

	private @Nullable Double value(StoredRow row) {
		byte[] value = bytes(row, "value");
		return (value != null) ? ByteBuffer.wrap(value).getDouble() : null;
	}

	private String text(StoredRow row, String column) {
		return Objects.requireNonNull(nullableText(row, column));
	}

	private @Nullable String nullableText(StoredRow row, String column) {
		byte[] text = bytes(row, column);
		return (text != null) ? new String(text, StandardCharsets.UTF_8) : null;
	}

	// Most of what is read is never looked into, so it stays text until somebody does.
	private Map<String, @Nullable Object> json(StoredRow row, String column) {
		byte[] text = bytes(row, column);
		return (text != null) ? new EncodedJson(text) : Collections.<String, @Nullable Object>emptyMap();
	}

	private ByteBuffer required(StoredRow row, String column) {
		return ByteBuffer.wrap(Objects.requireNonNull(bytes(row, column)));
	}

	private byte @Nullable [] bytes(StoredRow row, String column) {
		return row.field(Objects.requireNonNull(this.columns.get(column)));
	}

}
