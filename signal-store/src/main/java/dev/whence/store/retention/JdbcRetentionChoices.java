package dev.whence.store.retention;

import java.util.EnumMap;
import java.util.Map;

import dev.whence.model.ProjectId;
import dev.whence.model.SignalType;
import dev.whence.store.RetentionChoices;
import dev.whence.store.table.Table;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Choices as rows, rounded up to the days that there are partitions for. */
public final class JdbcRetentionChoices implements RetentionChoices {

	private final JdbcClient jdbc;

	private final Retention retention;

	public JdbcRetentionChoices(JdbcClient jdbc, Retention retention) {
		this.jdbc = jdbc;
		this.retention = retention;
	}

	@Override
	public Map<SignalType, Integer> of(ProjectId project) {
		Map<Retention.Choice, Integer> choices = this.retention.read(this.jdbc);
		Map<SignalType, Integer> days = new EnumMap<>(SignalType.class);
		for (SignalType type : SignalType.values()) {
			days.put(type, this.retention.days(choices, project, Table.of(type)));
		}
		return days;
	}

	@Override
	public void choose(ProjectId project, SignalType type, int days) {
		this.jdbc.sql("""
				insert into signals.retention (project_id, signal_type, days) values (:project, :type, :days)
				on conflict (project_id, signal_type) do update set days = excluded.days
				""").param("project", project.value()).param("type", type.code()).param("days", days).update();
	}

}
