package dev.whence.store.storage;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.whence.model.ProjectId;
import dev.whence.model.SignalType;
import dev.whence.store.form.EpochNanos;
import dev.whence.store.retention.RetentionProperties;
import dev.whence.store.rollup.SignalTotals;
import dev.whence.store.table.Table;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How much room stored data takes: tables from PostgreSQL's catalogue, segments from what
 * they say of themselves, and what each project has a share in. Looks at most once in
 * {@value #SECONDS} seconds, because the catalogue answers with a look at every file.
 * Those who ask see to it that a project learns its own share only.
 */
public final class StorageSizes {

	private static final int SECONDS = 30;

	private static final Duration FRESH = Duration.ofSeconds(SECONDS);

	/** What was configured, for everybody, and for one project; the last one counts. */
	private static final int CONFIGURATION = -1;

	private static final int EVERYBODY = 0;

	private final JdbcClient jdbc;

	private final RetentionProperties defaults;

	private final InstantSource clock;

	private @Nullable Snapshot latest;

	StorageSizes(JdbcClient jdbc, RetentionProperties defaults, InstantSource clock) {
		this.jdbc = jdbc;
		this.defaults = defaults;
		this.clock = clock;
	}

	/** As they were lately. */
	public synchronized Snapshot look() {
		Instant now = this.clock.instant();
		if (this.latest == null || this.latest.at().plus(FRESH).isBefore(now)) {
			this.latest = new Snapshot(now, tables(), closed(), signals());
		}
		return this.latest;
	}

	/** For how many days the signals of a project are kept that are written now. */
	public Map<SignalType, Integer> retention(ProjectId project) {
		Map<SignalType, Integer> days = new EnumMap<>(Map.of(SignalType.LOG, this.defaults.logs(), SignalType.TRACE,
				this.defaults.traces(), SignalType.METRIC, this.defaults.metrics()));
		this.jdbc
			.sql("""
					select signal_type, days from signals.retention where project_id in (:configuration, :everybody, :project)
					order by project_id
					""")
			.param("configuration", CONFIGURATION)
			.param("everybody", EVERYBODY)
			.param("project", project.value())
			.query((row) -> {
				for (SignalType type : SignalType.values()) {
					if (type.code() == row.getInt("signal_type")) {
						days.put(type, row.getInt("days"));
					}
				}
			});
		return days;
	}

	private List<TableSize> tables() {
		return this.jdbc.sql("""
				select root.relname as name, sum(greatest(c.reltuples, 0))::bigint as rows,
				       sum(pg_total_relation_size(c.oid))::bigint as bytes
				from pg_class c join pg_namespace n on n.oid = c.relnamespace
				join pg_class root on root.oid = coalesce(pg_partition_root(c.oid), c.oid)
				where n.nspname in ('signals', 'incidents') and c.relkind = 'r'
				group by root.relname order by root.relname
				""")
			.query((row, _) -> new TableSize(row.getString("name"), DataKind.of(row.getString("name")),
					row.getLong("rows"), row.getLong("bytes")))
			.list();
	}

	// The length of a value that lies outside its row stands in the row.
	private Map<Integer, ClosedSize> closed() {
		Map<Integer, ClosedSize> sizes = new HashMap<>();
		this.jdbc
			.sql("""
					select project_id, count(*) as segments, sum(rows) as signals, max(last_time) as last_time,
					       sum(octet_length(directory)::bigint + octet_length(data) + octet_length(ids) + octet_length(words)
					           + coalesce(octet_length(trace_index), 0)) as bytes
					from %s group by project_id
					"""
				.formatted(Table.SEGMENT))
			.query((row) -> {
				sizes.put(row.getInt("project_id"), new ClosedSize(row.getLong("segments"), row.getLong("signals"),
						row.getLong("bytes"), EpochNanos.ofLong(row.getLong("last_time"))));
			});
		return sizes;
	}

	private Map<Integer, SignalTotals> signals() {
		Map<Integer, SignalTotals> totals = new HashMap<>();
		this.jdbc.sql("""
				select project_id, sum(logs) as logs, sum(spans) as spans, sum(points) as points
				from signals.rollup_minute group by project_id
				""").query((row) -> {
			totals.put(row.getInt("project_id"),
					new SignalTotals(row.getLong("logs"), row.getLong("spans"), row.getLong("points")));
		});
		return totals;
	}

	/**
	 * What was found at once.
	 *
	 * @param at when
	 */
	public record Snapshot(Instant at, List<TableSize> tables, Map<Integer, ClosedSize> closed,
			Map<Integer, SignalTotals> signals) {

		public ClosedSize closed(ProjectId project) {
			return this.closed.getOrDefault(project.value(), ClosedSize.NONE);
		}

		/** How many signals were counted of a project. */
		public SignalTotals signals(ProjectId project) {
			return this.signals.getOrDefault(project.value(), SignalTotals.NONE);
		}

		/**
		 * Which share of what all projects have of a kind is one project's: of segments
		 * by their bytes, of signals by their number, of everything else by the number of
		 * all signals.
		 * @return from 0 to 1; 0 where nobody has any
		 */
		public double share(ProjectId project, DataKind kind) {
			if (kind == DataKind.SEGMENTS) {
				return share(closed(project).bytes(), this.closed.values().stream().mapToLong(ClosedSize::bytes).sum());
			}
			SignalTotals all = this.signals.values().stream().reduce(SignalTotals.NONE, SignalTotals::plus);
			SignalTotals own = signals(project);
			return switch (kind) {
				case LOGS -> share(own.logs(), all.logs());
				case SPANS -> share(own.spans(), all.spans());
				case METRICS -> share(own.points(), all.points());
				case SEGMENTS, RUNS, ROLLUPS, OTHER -> share(own.all(), all.all());
			};
		}

		private static double share(long own, long all) {
			return (all > 0) ? (double) own / all : 0;
		}

	}

}
