package dev.whence.store.rollup;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.whence.model.ProjectId;
import dev.whence.model.SpanKind;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Answers about the services of a project over a range: from hours where they lie in it
 * and are made, see {@link HourCounter}, and from minutes everywhere else. Both hold the
 * same, so an answer is what counting the stored signals of all settled minutes gives,
 * within the error of a {@link DurationSketch}. Every list is bounded by its limit: what
 * has fewer calls is left out. No signal is read.
 */
public final class ServiceRollups {

	/** Which hours stand for their minutes; the others' minutes are read themselves. */
	private static final String PERIODS = """
			with made as materialized (
			    select minute from signals.rollup_hour
			    where project_id = :project and made and :hours and minute >= :from and minute + 60 <= :end),
			rest as materialized (
			    select minute from generate_series(:from, :end - 1) as every (minute)
			    where minute - minute % 60 not in (select minute from made)),
			""";

	private static final String OF_HOURS = "project_id = :project and minute = any(array(select minute from made))";

	private static final String OF_MINUTES = "project_id = :project and minute = any(array(select minute from rest))";

	/** Of a table's rows those of one service. */
	static final String OF_SERVICE = " and service = :service and left(service, 100) = left(:service, 100)";

	/** What came in, where anything did. */
	private static final String SERVED = """
			top as materialized (
			    select service, bool_or(entry) as entry from part group by service
			    order by sum(calls) desc, service collate "C" limit :limit)
			""";

	private static final int HOUR = 60;

	private final JdbcClient jdbc;

	private final ServiceSteps steps;

	ServiceRollups(JdbcClient jdbc) {
		this.jdbc = jdbc;
		this.steps = new ServiceSteps(jdbc);
	}

	/** The services that had spans, the one with the most calls first. */
	public List<ServiceTotals> services(ProjectId project, MinuteRange range, int limit) {
		Map<String, Sum> sums = new HashMap<>();
		query(PERIODS + """
				part as materialized (
				    select service, entry, calls, errors, last_minute, sketch from signals.rollup_hour_service
				    where %s
				    union all
				    select service, entry, calls, errors, minute, sketch from signals.rollup_service where %s),
				%s
				select part.* from part join top using (service, entry)
				""".formatted(OF_HOURS, OF_MINUTES, SERVED), project, range, true).param("limit", limit)
			.query((row) -> {
				sums.computeIfAbsent(row.getString("service"), (_) -> new Sum()).add(row);
			});
		return sums.entrySet()
			.stream()
			.map((entry) -> new ServiceTotals(entry.getKey(), entry.getValue().totals(),
					Minutes.startOf(entry.getValue().lastMinute)))
			.sorted(Comparator.comparingLong((ServiceTotals service) -> service.served().calls())
				.reversed()
				.thenComparing(ServiceTotals::service))
			.toList();
	}

	/** How many logs each service wrote, the most first. */
	public List<LogTotals> logs(ProjectId project, MinuteRange range, Collection<String> errors, int limit) {
		return query(
				PERIODS + """
						part as (
						    select service, severity, count, last_minute from signals.rollup_hour_log where %s
						    union all
						    select service, severity, count, minute from signals.rollup_log where %s)
						select service, sum(count) as logs, coalesce(sum(count) filter (where severity = any(:errors)), 0) as errors,
						       max(last_minute) as last_minute
						from part group by service order by 2 desc, service collate "C" limit :limit
						"""
					.formatted(OF_HOURS, OF_MINUTES),
				project, range, true)
			.param("errors", errors.toArray(String[]::new))
			.param("limit", limit)
			.query((row, _) -> new LogTotals(row.getString("service"), row.getLong("logs"), row.getLong("errors"),
					Minutes.startOf(row.getInt("last_minute"))))
			.list();
	}

	/**
	 * What services served in each step, in no order; steps without calls are left out.
	 * @param service null for all; when there are more than the limit, those with the
	 * most calls
	 */
	public List<StepCalls> calls(ProjectId project, MinuteRange range, @Nullable String service, int limit) {
		return this.steps.calls(project, range, service, limit);
	}

	/**
	 * How many spans of every kind began in each step, in no order; steps without any are
	 * left out.
	 * @param service null for all
	 */
	public List<StepSpans> spans(ProjectId project, MinuteRange range, @Nullable String service) {
		return this.steps.spans(project, range, service);
	}

	/** What one service served in each step with a call, oldest first. */
	public List<StepDurations> series(ProjectId project, MinuteRange range, String service) {
		Map<Integer, Sum> sums = new TreeMap<>();
		query(PERIODS + """
				part as materialized (
				    select service, minute, entry, calls, errors, last_minute, sketch
				    from signals.rollup_hour_service where %s
				    union all
				    select service, minute, entry, calls, errors, minute, sketch
				    from signals.rollup_service where %s),
				%s
				select part.* from part join top using (service, entry)
				""".formatted(OF_HOURS + OF_SERVICE, OF_MINUTES + OF_SERVICE, SERVED), project, range,
				wholeHours(range))
			.param("service", service)
			.param("limit", 1)
			.query((row) -> {
				sums.computeIfAbsent((row.getInt("minute") - range.first()) / range.step(), (_) -> new Sum()).add(row);
			});
		return sums.entrySet()
			.stream()
			.map((entry) -> new StepDurations(entry.getKey(), entry.getValue().totals(),
					Minutes.startOf(entry.getValue().lastMinute)))
			.toList();
	}

	/**
	 * What was logged in each step, oldest first.
	 * @param service null for all
	 */
	public List<StepLogs> logs(ProjectId project, MinuteRange range, @Nullable String service) {
		String some = (service != null) ? OF_SERVICE : "";
		return query(PERIODS + """
				part as (
				    select minute, severity, count, last_minute from signals.rollup_hour_log where %s
				    union all
				    select minute, severity, count, minute from signals.rollup_log where %s)
				select (minute - :from) / :step as step, severity, sum(count) as count, max(last_minute) as last_minute
				from part group by 1, 2 order by 1, severity collate "C"
				""".formatted(OF_HOURS + some, OF_MINUTES + some), project, range, wholeHours(range))
			.param("service", service)
			.query((row, _) -> new StepLogs(row.getInt("step"), row.getString("severity"), row.getLong("count"),
					Minutes.startOf(row.getInt("last_minute"))))
			.list();
	}

	/** The operations of one service, the one with the most calls first. */
	public List<OperationTotals> operations(ProjectId project, MinuteRange range, String service, int limit) {
		return operations(project, range, service, null, null, limit);
	}

	/** One operation of a service; empty when it did nothing. */
	public Optional<OperationTotals> operation(ProjectId project, MinuteRange range, String service, String operation,
			SpanKind kind) {
		return operations(project, range, service, operation, kind, 1).stream().findFirst();
	}

	private List<OperationTotals> operations(ProjectId project, MinuteRange range, String service,
			@Nullable String operation, @Nullable SpanKind kind, int limit) {
		String some = " and service = :service"
				+ ((operation != null) ? " and operation = left(:operation, 500) and kind = :kind" : "");
		Map<Operation, Sum> sums = new HashMap<>();
		String sql = PERIODS + """
				part as materialized (
				    select operation, kind, calls, errors, minute as last_minute, buckets, counts
				    from signals.rollup_hour_span where %s
				    union all
				    select operation, kind, calls, errors, minute, buckets, counts from signals.rollup_span where %s),
				top as materialized (
				    select operation, kind from part group by operation, kind
				    order by sum(calls) desc, operation collate "C", kind limit :limit)
				select part.* from part join top using (operation, kind)
				""".formatted(OF_HOURS + some, OF_MINUTES + some);
		query(sql, project, range, true).param("service", service)
			.param("operation", operation)
			.param("kind", (kind != null) ? kind.code() : null)
			.param("limit", limit)
			.query((row) -> {
				sums.computeIfAbsent(new Operation(row.getString("operation"), row.getInt("kind")), (_) -> new Sum())
					.addArrays(row);
			});
		return sums.entrySet()
			.stream()
			.map((entry) -> new OperationTotals(entry.getKey().name(), SpanKind.ofCode(entry.getKey().kind()),
					entry.getValue().totals()))
			.sorted(Comparator.comparingLong((OperationTotals operations) -> operations.totals().calls())
				.reversed()
				.thenComparing(OperationTotals::operation)
				.thenComparing(OperationTotals::kind))
			.toList();
	}

	/**
	 * What went from service to service, the most calls first.
	 * @param service null for every pair; otherwise those of which it is one
	 */
	public List<EdgeTotals> edges(ProjectId project, MinuteRange range, @Nullable String service, int limit) {
		String some = (service != null) ? " and (caller = :service or callee = :service)" : "";
		Map<Edge, EdgeSum> sums = new HashMap<>();
		String sql = PERIODS + """
				part as materialized (
				    select caller, callee, calls, errors, minute as last_minute, sketch, gap_sketch, null as buckets,
				           null as counts, null as gap_buckets, null as gap_counts
				    from signals.rollup_hour_edge where %s
				    union all
				    select caller, callee, calls, errors, minute, sketch, gap_sketch,
				           case when sketch is null then buckets end, case when sketch is null then counts end,
				           case when sketch is null then gap_buckets end, case when sketch is null then gap_counts end
				    from signals.rollup_edge where %s),
				top as materialized (
				    select caller, callee from part group by caller, callee
				    order by sum(calls) desc, caller collate "C", callee collate "C" limit :limit)
				select part.* from part join top using (caller, callee)
				""".formatted(OF_HOURS + some, OF_MINUTES + some);
		query(sql, project, range, true).param("service", service).param("limit", limit).query((row) -> {
			sums.computeIfAbsent(new Edge(row.getString("caller"), row.getString("callee")), (_) -> new EdgeSum())
				.add(row);
		});
		return sums.entrySet()
			.stream()
			.map((entry) -> new EdgeTotals(entry.getKey().caller(), entry.getKey().callee(),
					entry.getValue().calls.totals(), entry.getValue().gaps.sketch()))
			.sorted(Comparator.comparingLong((EdgeTotals edge) -> edge.totals().calls())
				.reversed()
				.thenComparing(EdgeTotals::caller)
				.thenComparing(EdgeTotals::callee))
			.toList();
	}

	/** Whether anything was ever counted of a service, as far as it is kept. */
	public boolean knows(ProjectId project, String service) {
		return this.jdbc.sql("""
				select exists (select from signals.rollup_service where project_id = :project %1$s)
				    or exists (select from signals.rollup_log where project_id = :project %1$s)
				    or exists (select from signals.metric_series where project_id = :project and service = :service)
				""".formatted(OF_SERVICE))
			.param("project", project.value())
			.param("service", service)
			.query(Boolean.class)
			.single();
	}

	/** How many signals were counted in a range. */
	public SignalTotals signals(ProjectId project, MinuteRange range) {
		return this.jdbc.sql("""
				select coalesce(sum(logs), 0), coalesce(sum(spans), 0), coalesce(sum(points), 0)
				from signals.rollup_minute where project_id = :project and minute >= :from and minute < :end
				""")
			.param("project", project.value())
			.param("from", range.first())
			.param("end", range.end())
			.query((row, _) -> new SignalTotals(row.getLong(1), row.getLong(2), row.getLong(3)))
			.single();
	}

	/** The same by service, in no order. */
	public Map<String, SignalTotals> signalsByService(ProjectId project, MinuteRange range) {
		Map<String, SignalTotals> totals = new TreeMap<>();
		query(PERIODS
				+ """
						part as (
						    select service, count as logs, 0 as spans, 0 as points from signals.rollup_hour_log where %1$s
						    union all
						    select service, count, 0, 0 from signals.rollup_log where %2$s
						    union all
						    select service, 0, calls, 0 from signals.rollup_hour_service where %1$s
						    union all
						    select service, 0, calls, 0 from signals.rollup_service where %2$s
						    union all
						    select service, 0, 0, count from signals.rollup_hour_point where %1$s
						    union all
						    select service, 0, 0, sum(metric.count)
						    from (select series_id, sum(count) as count from signals.rollup_metric where %2$s group by series_id) metric
						    join signals.metric_series on id = series_id group by service)
						select service, sum(logs), sum(spans), sum(points) from part group by service
						"""
					.formatted(OF_HOURS, OF_MINUTES),
				project, range, true)
			.query((row) -> {
				totals.put(row.getString(1), new SignalTotals(row.getLong(2), row.getLong(3), row.getLong(4)));
			});
		return totals;
	}

	/** The first minute of the project that is kept; empty when nothing was counted. */
	public Optional<Instant> firstMinute(ProjectId project) {
		return this.jdbc.sql("select minute from signals.rollup_minute where project_id = ? order by minute limit 1")
			.param(project.value())
			.query(Integer.class)
			.optional()
			.map(Minutes::startOf);
	}

	/**
	 * When somebody who counts was last there; empty when nobody ever was. What came
	 * later may wait to be counted without anybody having written down that it does.
	 */
	public Optional<Instant> counterSeen() {
		return this.jdbc.sql("select seen_at from signals.rollup_worker")
			.query((row, _) -> row.getTimestamp(1).toInstant())
			.optional();
	}

	/** Whether no hour lies in two steps. */
	private static boolean wholeHours(MinuteRange range) {
		return range.step() % HOUR == 0;
	}

	private StatementSpec query(String sql, ProjectId project, MinuteRange range, boolean hours) {
		return this.jdbc.sql(sql)
			.param("project", project.value())
			.param("from", range.first())
			.param("end", range.end())
			.param("step", range.step())
			.param("hours", hours);
	}

	private record Operation(String name, int kind) {
	}

	private record Edge(String caller, String callee) {
	}

	private static final class EdgeSum {

		private final Sum calls = new Sum();

		private final SketchSum gaps = new SketchSum();

		void add(ResultSet row) throws SQLException {
			byte[] durations = row.getBytes("sketch");
			if (durations != null) {
				this.calls.add(row, durations);
				this.gaps.add(row.getBytes("gap_sketch"));
			}
			else {
				this.calls.addArrays(row);
				this.gaps.add(row, "gap_buckets", "gap_counts");
			}
		}

	}

	private static final class Sum {

		private final SketchSum durations = new SketchSum();

		private long calls;

		private long errors;

		private int lastMinute;

		void add(ResultSet row) throws SQLException {
			add(row, row.getBytes("sketch"));
		}

		void add(ResultSet row, byte[] sketch) throws SQLException {
			addNumbers(row);
			this.durations.add(sketch);
		}

		void addArrays(ResultSet row) throws SQLException {
			addNumbers(row);
			this.durations.add(row, "buckets", "counts");
		}

		private void addNumbers(ResultSet row) throws SQLException {
			this.calls += row.getLong("calls");
			this.errors += row.getLong("errors");
			this.lastMinute = Math.max(this.lastMinute, row.getInt("last_minute"));
		}

		CallTotals totals() {
			return new CallTotals(this.calls, this.errors, this.durations.sketch());
		}

	}

}
