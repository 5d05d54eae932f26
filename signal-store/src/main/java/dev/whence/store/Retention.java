package dev.whence.store;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.springframework.jdbc.core.simple.JdbcClient;

import dev.whence.model.ProjectId;
import dev.whence.model.SignalType;

/**
 * How long telemetry is kept, in days, by project and signal type. A project without a
 * choice of its own follows project 0, and that one the configuration. A choice counts
 * for what is written from the next maintenance on; what is stored keeps the days it was
 * stored with.
 */
public final class Retention {

	/** Stands for every project that made no choice. */
	static final int EVERYBODY = 0;

	private final Map<SignalType, Integer> defaults;

	private volatile Map<Choice, Integer> choices = Map.of();

	Retention(SignalStoreProperties.RetentionDays defaults) {
		this.defaults = Map.of(SignalType.LOG, defaults.logs(), SignalType.TRACE, defaults.traces(), SignalType.METRIC,
				defaults.metrics());
	}

	/** For how many days a signal that is written now will be kept. */
	public int days(ProjectId project, SignalType type) {
		return days(this.choices, project, type);
	}

	int days(Map<Choice, Integer> choices, ProjectId project, SignalType type) {
		if (choices.isEmpty()) {
			return configured(type);
		}
		Integer own = choices.get(new Choice(project.value(), type));
		return (own != null) ? own : choices.getOrDefault(new Choice(EVERYBODY, type), configured(type));
	}

	/** Reads the choices, without acting on them yet. */
	static Map<Choice, Integer> read(JdbcClient jdbc) {
		Map<Choice, Integer> found = new HashMap<>();
		jdbc.sql("select project_id, signal_type, days from signals.retention").query((rs) -> {
			found.put(new Choice(rs.getInt(1), SignalType.values()[rs.getInt(2)]), rs.getInt(3));
		});
		return Map.copyOf(found);
	}

	void follow(Map<Choice, Integer> choices) {
		this.choices = choices;
	}

	/** Every number of days that these choices and the configuration ask for. */
	Set<Integer> classes(SignalType type, Map<Choice, Integer> choices) {
		Set<Integer> days = new TreeSet<>(Set.of(configured(type)));
		choices.forEach((choice, chosen) -> {
			if (choice.type() == type) {
				days.add(chosen);
			}
		});
		return days;
	}

	private int configured(SignalType type) {
		return this.defaults.getOrDefault(type, SignalStoreProperties.DEFAULT_DAYS);
	}

	record Choice(int project, SignalType type) {
	}

}
