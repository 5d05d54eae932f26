package dev.whence.store.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.whence.model.ProjectId;
import dev.whence.store.RetentionChoices;
import dev.whence.store.table.Lifetime;
import dev.whence.store.table.Table;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How long rows are kept, in days, by project and table. A project without a choice of
 * its own follows project 0, and that one the configuration. A choice counts for what is
 * written from the next maintenance on; what is stored keeps the days it was stored with.
 * <p>
 * Each number of days has partitions of its own, so there are only a few numbers; what is
 * asked for in between is kept until the next of them.
 */
public final class Retention {

	/** Stands for every project that made no choice. */
	private static final int EVERYBODY = 0;

	/** Stands for what was configured last, to notice when that changes. */
	private static final int CONFIGURATION = -1;

	/** Longer than senders go on trying to deliver. */
	private static final Duration SETTLING = Duration.ofMinutes(15);

	private static final NavigableSet<Integer> CLASSES = new TreeSet<>(List.of(1, 2, 3, 5, 7, 10, 14, 21, 30, 45, 60,
			90, 120, 180, 365, 730, 1095, 1825, RetentionChoices.MOST_DAYS));

	/** The tables whose rows are kept as chosen, by the codes of the choices. */
	private final Map<Integer, Table> tables = new TreeMap<>();

	private final Map<Table, Integer> defaults = new HashMap<>();

	private volatile Map<Choice, Integer> choices = Map.of();

	/** Before anything was read, anything may have changed. */
	private volatile boolean changedLately = true;

	private @Nullable Instant sawChange;

	/**
	 * @param tables those that there are; the ones that nobody chooses for are ignored
	 */
	public Retention(RetentionProperties defaults, Collection<Table> tables) {
		for (Table table : tables) {
			if (table.lifetime() instanceof Lifetime.Chosen chosen) {
				this.tables.put(chosen.code(), table);
				this.defaults.put(table, rounded(defaults.of(table)));
			}
		}
	}

	/** For how many days a row that is written now will be kept. */
	public int days(ProjectId project, Table table) {
		return days(this.choices, project, table);
	}

	int days(Map<Choice, Integer> choices, ProjectId project, Table table) {
		if (choices.isEmpty()) {
			return configured(table);
		}
		Integer own = choices.get(new Choice(project.value(), table));
		return (own != null) ? own : choices.getOrDefault(new Choice(EVERYBODY, table), configured(table));
	}

	/**
	 * Whether a row that is delivered again may have been stored under other days than it
	 * would be now, so that its key alone does not stop it.
	 */
	public boolean changedLately() {
		return this.changedLately;
	}

	/** Reads the choices, without acting on them yet. */
	Map<Choice, Integer> read(JdbcClient jdbc) {
		Map<Choice, Integer> found = new HashMap<>();
		jdbc.sql("select project_id, signal_type, days from signals.retention where project_id >= 0").query((rs) -> {
			// A newer release may know tables that this one does not.
			Table table = this.tables.get(rs.getInt(2));
			if (table != null) {
				found.put(new Choice(rs.getInt(1), table), rounded(rs.getInt(3)));
			}
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
		this.tables.forEach((code, table) -> configure(jdbc, code, table));
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
	private void configure(JdbcClient jdbc, int code, Table table) {
		jdbc.sql("""
				insert into signals.retention as r (project_id, signal_type, days, changed_at)
				select :configuration, :type, :days, case when exists (select from %s) then now() else '-infinity' end
				on conflict (project_id, signal_type) do update set days = excluded.days where r.days <> excluded.days
				""".formatted(table.qualifiedName()))
			.param("configuration", CONFIGURATION)
			.param("type", code)
			.param("days", configured(table))
			.update();
	}

	/** Every number of days that these choices and the configuration ask for. */
	public Set<Integer> classes(Table table, Map<Choice, Integer> choices) {
		Set<Integer> days = new TreeSet<>(Set.of(configured(table)));
		choices.forEach((choice, chosen) -> {
			if (choice.table().equals(table)) {
				days.add(chosen);
			}
		});
		return days;
	}

	private int configured(Table table) {
		Integer days = this.defaults.get(table);
		if (days == null) {
			throw new IllegalArgumentException("nobody chooses for how long rows of " + table + " are kept");
		}
		return days;
	}

	private static int rounded(int days) {
		Integer rounded = CLASSES.ceiling(days);
		return (rounded != null) ? rounded : RetentionChoices.MOST_DAYS;
	}

	public record Choice(int project, Table table) {
	}

}
