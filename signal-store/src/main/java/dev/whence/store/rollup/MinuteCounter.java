package dev.whence.store.rollup;

import java.time.Instant;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import dev.whence.model.ProjectId;
import dev.whence.model.Span;
import dev.whence.model.SpanKind;
import dev.whence.store.form.EpochNanos;
import dev.whence.store.table.Table;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Counts what is stored of a minute. The result replaces what was counted before, so
 * counting twice, late or in another order gives the same. Costs PostgreSQL some
 * microseconds for each signal of the minute, most of them for finding callers (ADR 011).
 */
public final class MinuteCounter {

	/**
	 * Operations of a project that are told apart within a minute, those with the most
	 * calls. Names with ids in them would otherwise make as many rows as there are spans.
	 */
	static final int MOST_OPERATIONS = 5_000;

	/** Series of a project that are told apart, those that came first. */
	static final int MOST_SERIES = 20_000;

	private static final long MINUTE = 60_000_000_000L;

	// Fresh partitions have no statistics: the planner might read all of them, or join
	// a minute's spans with each other one by one. Nobody waits for a count; more than a
	// minute is a lock or a plan that went wrong.
	private static final String SETTINGS = """
			set local enable_seqscan = off; set local enable_nestloop = off; set local enable_mergejoin = off;
			set local jit = off; set local work_mem = '64MB'; set local statement_timeout = '60s'
			""";

	private static final String SPANS = """
			insert into signals.rollup_span (project_id, minute, kind, calls, errors, duration, service, operation,
			                                 buckets, counts)
			with bucketed as materialized (
			    select service, left(name, 500) as name, kind, %s as bucket, count(*) as calls,
			           count(*) filter (where lower(status) = any(:failed)) as errors, sum(duration) as duration
			    from %s where project_id = :project and time >= :from and time < :to
			    group by 1, 2, 3, 4),
			ranked as (
			    select service, name, kind,
			           row_number() over (order by sum(calls) desc, service collate "C", name collate "C", kind) as rank
			    from bucketed group by service, name, kind),
			counted as (
			    select service, case when rank <= :most then name else :other end as operation, kind, bucket,
			           sum(calls)::bigint as calls, sum(errors)::bigint as errors, sum(duration) as duration
			    from bucketed join ranked using (service, name, kind) group by 1, 2, 3, 4)
			select :project, :minute, kind, sum(calls), sum(errors), least(sum(duration), 9223372036854775807),
			       service, operation, array_agg(bucket order by bucket), array_agg(calls order by bucket)::integer[]
			from counted group by service, operation, kind
			""".formatted(bucket("duration"), Table.SPAN);

	// By all operations of a service; what came in from outside by itself.
	private static final String SERVICES = """
			insert into signals.rollup_service (project_id, minute, entry, calls, errors, service, sketch)
			with counted as materialized (
			    select service, kind in (:server, :consumer) as entry, calls, errors, buckets, counts
			    from signals.rollup_span where project_id = :project and minute = :minute),
			sketch as (%s),
			total as (select service, entry, sum(calls) as calls, sum(errors) as errors from counted group by 1, 2)
			select :project, :minute, entry, calls, errors, service, sketch.sketch
			from total join sketch using (service, entry)
			""".formatted(MergedSketches.bytes("counted", "service, entry", "buckets", "counts", "sketch"));

	// A span id may stand for two spans: the halves of a shared span, one of each
	// service. A span whose parent lies in its own service made no call; of the others
	// the caller is the other half, or else the parent that is not such a half itself.
	private static final String EDGES = """
			insert into signals.rollup_edge (project_id, minute, calls, errors, caller, callee, buckets, counts,
			                                 gap_buckets, gap_counts, sketch, gap_sketch)
			with parent as materialized (
			    select time, signal_id, trace_id, span_id, service, kind, duration from %1$s
			    where project_id = :project and time >= :before and time < :to),
			child as materialized (
			    select signal_id, trace_id, span_id, parent_span_id, service, kind, duration,
			           lower(status) = any(:failed) as failed
			    from %1$s where project_id = :project and time >= :from and time < :to),
			candidate as (
			    select child.signal_id, parent.service as caller, child.service as callee, failed, child.duration,
			           parent.duration as caller_duration, parent.kind as caller_kind, parent.time,
			           parent.signal_id as caller_id, case when parent.kind = :client then 2 else 1 end as choice
			    from child join parent on parent.trace_id = child.trace_id and parent.span_id = child.parent_span_id
			    where parent.service <> child.service
			      and not exists (select from parent own
			                      where own.trace_id = child.trace_id and own.span_id = child.parent_span_id
			                        and own.service = child.service)
			    union all
			    select child.signal_id, parent.service, child.service, failed, child.duration, parent.duration,
			           parent.kind, parent.time, parent.signal_id, 0
			    from child join parent on parent.trace_id = child.trace_id and parent.span_id = child.span_id
			    where parent.service <> child.service and parent.kind = :client and child.kind = :server),
			call as materialized (
			    select distinct on (signal_id) caller, callee, failed, %2$s as bucket,
			           case when caller_kind = :client then %3$s end as gap
			    from candidate order by signal_id, choice, time, caller_id),
			durations as (
			    select caller, callee, sum(calls) as calls, sum(errors) as errors,
			           array_agg(bucket order by bucket) as buckets,
			           array_agg(calls order by bucket)::integer[] as counts, %4$s as sketch
			    from (select caller, callee, bucket, count(*) as calls, count(*) filter (where failed) as errors
			          from call group by caller, callee, bucket) bucketed
			    group by caller, callee),
			gaps as (
			    select caller, callee, array_agg(gap order by gap) as buckets,
			           array_agg(calls order by gap)::integer[] as counts, %5$s as sketch
			    from (select caller, callee, gap, count(*) as calls from call where gap is not null
			          group by caller, callee, gap) bucketed
			    group by caller, callee)
			select :project, :minute, calls, errors, caller, callee, durations.buckets, durations.counts,
			       coalesce(gaps.buckets, '{}'), coalesce(gaps.counts, '{}'), durations.sketch,
			       coalesce(gaps.sketch, %6$s)
			from durations left join gaps using (caller, callee)
			""".formatted(Table.SPAN, bucket("duration"), bucket("(caller_duration - duration)"),
			MergedSketches.bytes("bucket", "calls"), MergedSketches.bytes("gap", "calls"), MergedSketches.EMPTY);

	private static final String LOGS = """
			insert into signals.rollup_log (project_id, minute, count, service, severity)
			select :project, :minute, count(*), service, upper(left(level, 40)) from %s
			where project_id = :project and time >= :from and time < :to group by service, upper(left(level, 40))
			""".formatted(Table.LOG_RECORD);

	// A series gets its number from the first minute that is counted with it. What
	// finds no room is counted together. Values that are no numbers are left out.
	private static final String METRICS = """
			with measured as materialized (
			    select md5(row(service, name, unit, kind, attributes, resource)::text)::uuid as hash, service, name, unit,
			           kind, attributes, resource, count(*)::integer as count, array_agg(value order by value) as sorted,
			           (array_agg(value order by time desc, signal_id desc))[1] as last
			    from %s
			    where project_id = :project and time >= :from and time < :to and abs(value) < 'Infinity'
			    group by service, name, unit, kind, attributes, resource),
			unknown as materialized (
			    select measured.*, row_number() over (order by hash) as number from measured
			    where not exists (select from signals.metric_series known
			                      where known.project_id = :project and known.hash = measured.hash)),
			added as (
			    insert into signals.metric_series (project_id, hash, seen_minute, kind, service, name, unit, attributes,
			                                       resource)
			    select :project, hash, :minute, kind, service, name, unit, attributes, resource from unknown
			    where number <= :most - (select count(*) from signals.metric_series where project_id = :project)
			    returning id, hash),
			seen as (
			    update signals.metric_series series set seen_minute = :minute from measured
			    where series.project_id = :project and series.hash = measured.hash
			      and series.seen_minute < :minute - 60),
			numbered as materialized (
			    select coalesce(known.id, added.id) as id, measured.*,
			           (select sum(value) from unnest(sorted) value) as sum
			    from measured left join signals.metric_series known
			      on known.project_id = :project and known.hash = measured.hash
			    left join added on added.hash = measured.hash),
			together as (
			    insert into signals.metric_series (project_id, hash, seen_minute, kind, service, name, unit, attributes)
			    select :project, md5(:other)::uuid, :minute, 0, '', :other, '', '{}'
			    where exists (select from numbered where id is null)
			    on conflict (project_id, hash) do update set seen_minute = greatest(metric_series.seen_minute, :minute)
			    returning id)
			insert into signals.rollup_metric (project_id, minute, series_id, count, sum, min, max, last, samples)
			select :project, :minute, id, count, sum, sorted[1], sorted[count], last,
			       case when count <= 8 then sorted
			       else array(select sorted[1 + round(i * (count - 1) / 7.0)::integer] from generate_series(0, 7) i) end
			from numbered where id is not null
			union all
			select :project, :minute, together.id, sum(count), sum(sum order by hash), min(sorted[1]),
			       max(sorted[count]), max(last), '{}'
			from numbered cross join together where numbered.id is null group by together.id
			"""
		.formatted(Table.METRIC_POINT);

	private static final String TOTALS = """
			update signals.rollup_minute set
			    spans = coalesce(spans_, 0), errors = coalesce(errors_, 0), logs = coalesce(logs_, 0),
			    points = coalesce(points_, 0)
			from (select sum(calls) as spans_, sum(errors) as errors_ from signals.rollup_span
			      where project_id = :project and minute = :minute) span,
			     (select sum(count) as logs_ from signals.rollup_log
			      where project_id = :project and minute = :minute) log,
			     (select sum(count) as points_ from signals.rollup_metric
			      where project_id = :project and minute = :minute) metric
			where project_id = :project and minute = :minute
			""";

	private final JdbcClient jdbc;

	private final ClosedMinutes closed;

	MinuteCounter(JdbcClient jdbc, ClosedMinutes closed) {
		this.jdbc = jdbc;
		this.closed = closed;
	}

	/**
	 * Counts the signals that are committed now. Works in the transaction of the caller,
	 * which must have one; counters of the same minute wait for each other's end.
	 */
	public void count(ProjectId project, Instant minute) {
		this.jdbc.sql(SETTINGS).update();
		run("""
				insert into signals.rollup_minute (project_id, minute) values (:project, :minute)
				on conflict (project_id, minute) do update set counted_at = now()
				""", project, minute);
		Stream.of("rollup_span", "rollup_service", "rollup_edge", "rollup_log", "rollup_metric")
			.forEach(
					(table) -> run("delete from signals." + table + " where project_id = :project and minute = :minute",
							project, minute));
		long from = EpochNanos.toLong(Minutes.floor(minute));
		UnaryOperator<String> everything = this.closed.open(project, from - MINUTE, from + MINUTE);
		run(everything.apply(SPANS), project, minute);
		run(SERVICES, project, minute);
		run(everything.apply(EDGES), project, minute);
		run(everything.apply(LOGS), project, minute);
		// Two minutes must not name the same new series at once. Read-committed: the
		// next statement sees what was committed before it got its turn.
		this.jdbc.sql("select pg_advisory_xact_lock(hashtext('whence.metric_series'), :project)")
			.param("project", project.value())
			.query()
			.singleRow();
		run(everything.apply(METRICS), MOST_SERIES, project, minute);
		run(TOTALS, project, minute);
		run("""
				delete from signals.rollup_minute where project_id = :project and minute = :minute
				and spans = 0 and logs = 0 and points = 0
				""", project, minute);
	}

	private void run(String sql, ProjectId project, Instant minute) {
		run(sql, MOST_OPERATIONS, project, minute);
	}

	private void run(String sql, int most, ProjectId project, Instant minute) {
		long from = EpochNanos.toLong(Minutes.floor(minute));
		this.jdbc.sql(sql)
			.param("project", project.value())
			.param("minute", Minutes.numberOf(minute))
			.param("from", from)
			.param("before", from - MINUTE)
			.param("to", from + MINUTE)
			.param("failed", Span.FAILED.toArray(String[]::new))
			.param("client", SpanKind.CLIENT.code())
			.param("server", SpanKind.SERVER.code())
			.param("consumer", SpanKind.CONSUMER.code())
			.param("most", most)
			.param("other", RollupReader.OTHER)
			.update();
	}

	/** The number of the bucket of a {@link DurationSketch} that a duration lies in. */
	private static String bucket(String nanos) {
		return String.format(Locale.ROOT,
				"case when %1$s > 0 then floor(ln(%1$s::float8) * %2$s::float8 + %3$s::float8)::integer else %4$d end",
				nanos, DurationSketch.SCALE, DurationSketch.BORDER, DurationSketch.ZERO);
	}

}
