package dev.whence.store.read;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

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
import dev.whence.store.table.Table;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.RowMapper;

/** Reads rows of the common shape that {@link #columns} selects from each table. */
final class SignalMapper implements RowMapper<Signal> {

	/** The select list that gives the rows of every table the same columns. */
	static String columns(SignalType type) {
		String own = switch (type) {
			case LOG -> """
					span_id, null::bytea as parent_span_id, level as text_1, message as text_2,
					null::text as text_3, null::smallint as kind, null::bigint as duration,
					null::float8 as value""";
			case TRACE -> """
					span_id, parent_span_id, name as text_1, status as text_2,
					status_message as text_3, kind, duration, null::float8 as value""";
			case METRIC -> """
					null::bytea as span_id, null::bytea as parent_span_id, name as text_1,
					unit as text_2, null::text as text_3, kind, null::bigint as duration, value""";
		};
		return type.code() + " as type, time, signal_id, trace_id, service, attributes, resource, details, " + own;
	}

	static String table(SignalType type) {
		return Table.of(type).qualifiedName();
	}

	@Override
	public Signal mapRow(ResultSet rs, int rowNumber) throws SQLException {
		UUID id = rs.getObject("signal_id", UUID.class);
		String trace = IdCodec.TRACE.decodeNullable(rs.getBytes("trace_id"));
		TraceId traceId = (trace != null) ? new TraceId(trace) : null;
		Instant time = EpochNanos.ofLong(rs.getLong("time"));
		String service = rs.getString("service");
		Map<String, @Nullable Object> attributes = json(rs, "attributes");
		Map<String, @Nullable Object> resource = json(rs, "resource");
		Map<String, @Nullable Object> details = json(rs, "details");
		String spanId = IdCodec.SPAN.decodeNullable(rs.getBytes("span_id"));
		String first = rs.getString("text_1");
		String second = rs.getString("text_2");
		return switch (SignalType.ofCode(rs.getInt("type"))) {
			case LOG -> new LogRecord(id, traceId, spanId, service, time, first, second, attributes, resource, details);
			case TRACE -> new Span(id, Objects.requireNonNull(traceId), Objects.requireNonNull(spanId),
					IdCodec.SPAN.decodeNullable(rs.getBytes("parent_span_id")), service, first,
					SpanKind.ofCode(rs.getInt("kind")), time, Duration.ofNanos(rs.getLong("duration")), second,
					rs.getString("text_3"), attributes, resource, details);
			case METRIC -> new MetricPoint(id, traceId, service, time, first, MetricKind.ofCode(rs.getInt("kind")),
					rs.getObject("value", Double.class), second, attributes, resource, details);
		};
	}

	// Most of what is read is never looked into, so it stays text until somebody does.
	private static Map<String, @Nullable Object> json(ResultSet rs, String column) throws SQLException {
		String text = rs.getString(column);
		return (text != null) ? new EncodedJson(text.getBytes(StandardCharsets.UTF_8))
				: Collections.<String, @Nullable Object>emptyMap();
	}

}
