package dev.whence.store;

import java.util.EnumMap;
import java.util.Map;

import org.springframework.jdbc.core.simple.JdbcClient;

import dev.whence.model.ProjectId;
import dev.whence.model.SignalType;

/**
 * What projects chose to keep. A choice is acted on by the next maintenance, within a
 * minute, and for what is written from then on.
 */
public final class RetentionChoices {

	/** The longest that can be chosen, in days. */
	public static final int MOST_DAYS = 3650;

	private final JdbcClient jdbc;

	private final Retention retention;

	RetentionChoices(JdbcClient jdbc, Retention retention) {
		this.jdbc = jdbc;
		this.retention = retention;
	}

	/**
	 * For how many days the project keeps each type, chosen or not; at least as long as
	 * was chosen.
	 */
	public Map<SignalType, Integer> of(ProjectId project) {
		Map<Retention.Choice, Integer> choices = Retention.read(this.jdbc);
		Map<SignalType, Integer> days = new EnumMap<>(SignalType.class);
		for (SignalType type : SignalType.values()) {
			days.put(type, this.retention.days(choices, project, type));
		}
		return days;
	}

	/**
	 * @param days between 1 and {@link #MOST_DAYS}
	 */
	public void choose(ProjectId project, SignalType type, int days) {
		this.jdbc.sql("""
				insert into signals.retention (project_id, signal_type, days) values (:project, :type, :days)
				on conflict (project_id, signal_type) do update set days = excluded.days
				""").param("project", project.value()).param("type", type.ordinal()).param("days", days).update();
	}

}
