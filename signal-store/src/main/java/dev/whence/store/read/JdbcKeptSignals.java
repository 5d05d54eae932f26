package dev.whence.store.read;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.whence.model.ProjectId;
import dev.whence.model.Signal;
import dev.whence.model.SignalType;
import dev.whence.store.KeptSignals;
import dev.whence.store.form.EpochNanos;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Copies inside the database. */
public final class JdbcKeptSignals implements KeptSignals {

	private static final String COLUMNS = """
			type, time, signal_id, trace_id, service, attributes, resource, details, span_id, parent_span_id,
			text_1, text_2, text_3, kind, duration, value
			""";

	private final JdbcClient jdbc;

	private final SignalMapper signals = new SignalMapper();

	public JdbcKeptSignals(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@Override
	public void keep(ProjectId project, Collection<Reference> wanted) {
		Map<SignalType, List<Reference>> byType = wanted.stream().collect(Collectors.groupingBy(Reference::type));
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
