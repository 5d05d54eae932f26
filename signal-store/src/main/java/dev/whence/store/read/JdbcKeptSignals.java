package dev.whence.store.read;

import java.nio.charset.StandardCharsets;
import java.sql.Types;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.whence.model.LogRecord;
import dev.whence.model.MetricPoint;
import dev.whence.model.ProjectId;
import dev.whence.model.Signal;
import dev.whence.model.SignalType;
import dev.whence.model.Span;
import dev.whence.model.TraceId;
import dev.whence.store.KeptSignals;
import dev.whence.store.form.EpochNanos;
import dev.whence.store.form.IdCodec;
import dev.whence.store.form.JsonText;
import dev.whence.store.segment.ClosedSignals;
import dev.whence.store.segment.StoredRow;
import dev.whence.store.table.Table;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Copies inside the database, and from segments what is closed already. */
public final class JdbcKeptSignals implements KeptSignals {

	private static final String COLUMNS = """
			type, time, signal_id, trace_id, service, attributes, resource, details, span_id, parent_span_id,
			text_1, text_2, text_3, kind, duration, value
			""";

	private final JdbcClient jdbc;

	private final SignalMapper signals = new SignalMapper();

	private final ClosedSignals closed;

	public JdbcKeptSignals(JdbcClient jdbc, ClosedSignals closed) {
		this.jdbc = jdbc;
		this.closed = closed;
	}

	@Override
	public void keep(ProjectId project, Collection<Reference> wanted) {
		Map<SignalType, List<Reference>> byType = wanted.stream()
			.collect(Collectors.groupingBy(Reference::type, () -> new TreeMap<>(Comparator.comparing(Table::of)),
					Collectors.toList()));
		byType.forEach((type, some) -> this.jdbc
			.sql("insert into signals.kept_signal (project_id, " + COLUMNS + ") select :project, " + COLUMNS
					+ " from (select " + SignalMapper.columns(type) + " from " + SignalMapper.table(type) + """
							 join unnest(:times::bigint[], :ids::uuid[]) wanted (wanted_time, wanted_id)
							 on time = wanted_time and signal_id = wanted_id where project_id = :project) found
							on conflict (project_id, signal_id) do nothing
							""")
			.param("times", some.stream().map((signal) -> EpochNanos.toLong(signal.time())).toArray(Long[]::new))
			.param("ids", some.stream().map(Reference::id).toArray(UUID[]::new))
			.param("project", project.value())
			.update());
		keepClosed(project, wanted);
	}

	private void keepClosed(ProjectId project, Collection<Reference> wanted) {
		Set<UUID> kept = new HashSet<>(this.jdbc
			.sql("select signal_id from signals.kept_signal where project_id = :project and signal_id = any(:ids)")
			.param("project", project.value())
			.param("ids", wanted.stream().map(Reference::id).toArray(UUID[]::new))
			.query(UUID.class)
			.list());
		Map<Table, Map<UUID, Long>> others = new HashMap<>();
		wanted.stream()
			.filter((signal) -> !kept.contains(signal.id()))
			.forEach((signal) -> others.computeIfAbsent(Table.of(signal.type()), (_) -> new HashMap<>())
				.put(signal.id(), EpochNanos.toLong(signal.time())));
		for (StoredRow row : this.closed.find(project.value(), others)) {
			keep(project, ClosedRows.read(row));
		}
	}

	private void keep(ProjectId project, Signal signal) {
		Map<String, @Nullable Object> own = new HashMap<>();
		switch (signal) {
			case LogRecord log -> {
				own.put("ofSpan", IdCodec.SPAN.encodeNullable(log.spanId()));
				own.put("first", log.level());
				own.put("second", log.message());
			}
			case Span span -> {
				own.put("ofSpan", IdCodec.SPAN.encode(span.spanId()));
				own.put("parent", IdCodec.SPAN.encodeNullable(span.parentSpanId()));
				own.put("first", span.name());
				own.put("second", span.status());
				own.put("third", span.statusMessage());
				own.put("kind", span.kind().code());
				own.put("duration", span.duration().toNanos());
			}
			case MetricPoint point -> {
				own.put("first", point.name());
				own.put("second", point.unit());
				own.put("kind", point.kind().code());
				own.put("value", point.value());
			}
		}
		TraceId trace = signal.traceId();
		this.jdbc
			.sql("insert into signals.kept_signal (project_id, " + COLUMNS
					+ """
							) values (:project, :type, :time, :id, :trace, :service, :attributes, :resource, :details, :ofSpan, :parent,
							          :first, :second, :third, :kind, :duration, :value)
							on conflict (project_id, signal_id) do nothing
							""")
			.param("project", project.value())
			.param("type", signal.type().code())
			.param("time", EpochNanos.toLong(signal.timestamp()))
			.param("id", signal.signalId())
			.param("trace", (trace != null) ? IdCodec.TRACE.encode(trace.value()) : null, Types.BINARY)
			.param("service", signal.serviceName())
			.param("attributes", text(JsonText.write(signal.attributes())))
			.param("resource", text(JsonText.writeNullable(signal.resource())), Types.VARCHAR)
			.param("details", text(JsonText.writeNullable(signal.details())), Types.VARCHAR)
			.param("ofSpan", own.get("ofSpan"), Types.BINARY)
			.param("parent", own.get("parent"), Types.BINARY)
			.param("first", own.get("first"))
			.param("second", own.get("second"))
			.param("third", own.get("third"), Types.VARCHAR)
			.param("kind", own.get("kind"), Types.SMALLINT)
			.param("duration", own.get("duration"), Types.BIGINT)
			.param("value", own.get("value"), Types.DOUBLE)
			.update();
	}

	private static @Nullable String text(byte @Nullable [] json) {
		return (json != null) ? new String(json, StandardCharsets.UTF_8) : null;
	}

	@Override
	public List<Signal> find(ProjectId project, Collection<UUID> ids) {
		return this.jdbc.sql("select " + COLUMNS + """
				 from signals.kept_signal where project_id = :project and signal_id = any(:ids)
				order by time, signal_id
				""")
			.param("project", project.value())
			.param("ids", ids.toArray(UUID[]::new))
			.query(this.signals)
			.list();
	}

}
