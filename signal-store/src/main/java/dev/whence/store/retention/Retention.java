package dev.whence.store.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

import dev.whence.model.ProjectId;
import dev.whence.model.SignalType;
import dev.whence.store.RetentionChoices;
import dev.whence.store.table.Table;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How long telemetry is kept, in days, by project and signal type. A project without a
 * choice of its own follows project 0, and that one the configuration. A choice counts
 * for what is written from the next maintenance on; what is stored keeps the days it was
 * stored with.
 * <p>
 * Each number of days has partitions of its own, so there are only a few numbers; what is
 * asked for in between is kept until the next of them.
 */
public final class Retention {

	private static final int DEFAULT_DAYS = 30;

	/** Stands for every project that made no choice. */
	public static final int EVERYBODY = 0;

	/** Stands for what was configured last, to notice when that changes. */
	private static final int CONFIGURATION = -1;

	/** Longer than senders go on trying to deliver. */
	private static final Duration SETTLING = Duration.ofMinutes(15);

	private static final NavigableSet<Integer> CLASSES = new TreeSet<>(List.of(1, 2, 3, 5, 7, 10, 14, 21, 30, 45, 60,
			90, 120, 180, 365, 730, 1095, 1825, RetentionChoices.MOST_DAYS));

	private final Map<SignalType, Integer> defaults;

	private volatile Map<Choice, Integer> choices = Map.of();

	/** Before anything was read, anything may have changed. */
	private volatile boolean changedLately = true;

	private @Nullable Instant sawChange;

	public Retention(RetentionProperties defaults) {
		this.defaults = new EnumMap<>(Map.of(SignalType.LOG, rounded(defaults.logs()), SignalType.TRACE,
				rounded(defaults.traces()), SignalType.METRIC, rounded(defaults.metrics())));
	}

	/** For how many days a signal that is written now will be kept. */
	public int days(ProjectId project, SignalType type) {
		return days(this.choices, project, type);
	}

	public int days(Map<Choice, Integer> choices, ProjectId project, SignalType type) {
		if (choices.isEmpty()) {
			return configured(type);
		}
		Integer own = choices.get(new Choice(project.value(), type));
		return (own != null) ? own : choices.getOrDefault(new Choice(EVERYBODY, type), configured(type));
	}

	/**
	 * Whether a signal that is delivered again may have been stored under other days than
	 * it would be now, so that its key alone does not stop it.
	 */
	public boolean changedLately() {
		return this.changedLately;
	}

	/** Reads the choices, without acting on them yet. */
	public static Map<Choice, Integer> read(JdbcClient jdbc) {
		Map<Choice, Integer> found = new HashMap<>();
		jdbc.sql("select project_id, signal_type, days from signals.retention where project_id >= 0").query((rs) -> {
			found.put(new Choice(rs.getInt(1), SignalType.ofCode(rs.getInt(2))), rounded(rs.getInt(3)));
		});
		return Map.copyOf(found);
	}

	/**
	 * Leaves word of what is configured here, reads the choices and asks whether anything
	 * has changed lately. Acts on that from now on; what is written before its partitions
	 * exist waits in a default partition.
	 * @return the choices
	 */
	public synchronized Map<Choice, Integer> update(JdbcClient jdbc, Instant now) {
		this.defaults.forEach((type, days) -> configure(jdbc, type, days));
		Map<Choice, Integer> read = read(jdbc);
		if (!this.choices.isEmpty() && !this.choices.equals(read)) {
			// One that was deleted leaves no other trace.
			this.sawChange = now;
		}
		boolean noted = jdbc.sql(
				"select exists (select from signals.retention where changed_at > now() - make_interval(secs => :secs))")
			.param("secs", SETTLING.toSeconds())
			.query(Boolean.class)
			.single();
		this.changedLately = noted || (this.sawChange != null && now.isBefore(this.sawChange.plus(SETTLING)));
		this.choices = read;
		return read;
	}

	// In an empty database nothing can have been stored under other days.
	private static void configure(JdbcClient jdbc, SignalType type, int days) {
		jdbc.sql("""
				insert into signals.retention as r (project_id, signal_type, days, changed_at)
				select :configuration, :type, :days, case when exists (select from %s) then now() else '-infinity' end
				on conflict (project_id, signal_type) do update set days = excluded.days where r.days <> excluded.days
				""".formatted(Table.of(type).qualifiedName()))
			.param("configuration", CONFIGURATION)
			.param("type", type.code())
			.param("days", days)
			.update();
	}

	/** Every number of days that these choices and the configuration ask for. */
	public Set<Integer> classes(SignalType type, Map<Choice, Integer> choices) {
		Set<Integer> days = new TreeSet<>(Set.of(configured(type)));
		choices.forEach((choice, chosen) -> {
			if (choice.type() == type) {
				days.add(chosen);
			}
		});
		return days;
	}

	private int configured(SignalType type) {
		return this.defaults.getOrDefault(type, DEFAULT_DAYS);
	}

	private static int rounded(int days) {
		Integer rounded = CLASSES.ceiling(days);
		return (rounded != null) ? rounded : RetentionChoices.MOST_DAYS;
	}

	public record Choice(int project, SignalType type) {
	}

}
