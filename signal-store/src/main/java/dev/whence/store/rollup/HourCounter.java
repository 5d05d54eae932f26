package dev.whence.store.rollup;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.whence.model.ProjectId;
import dev.whence.model.SpanKind;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Makes hours of minutes that nobody has counted for a while. An hour holds exactly what
 * its minutes hold; when one of them is counted again, the database says that the hour is
 * not made any more, in the same transaction, and questions go to its minutes until it is
 * made again.
 */
public final class HourCounter {

	/**
	 * An hour is left alone for so long, so that late minutes do not make it anew each.
	 */
	static final Duration QUIET = Duration.ofMinutes(5);

	private static final int HOUR = 60;

	private static final int FIVE = 5;

	private static final String SETTINGS = "set local jit = off; set local work_mem = '64MB'; set local statement_timeout = '60s'";

	private static final String MINUTES = " where project_id = :project and minute >= :hour and minute < :hour + "
			+ HOUR;

	// A worker of the release before knows no services, and leaves those that are there
	// as they were. Counters of these minutes are not waited for: they are at the same.
	private static final String WRONG_MINUTES = """
			with minutes as (
			    select minute, spans, errors from signals.rollup_minute%1$s for update skip locked),
			known as (
			    select minute, sum(calls) as calls, sum(errors) as errors from signals.rollup_service%1$s group by 1)
			select minutes.minute from minutes left join known using (minute)
			where minutes.spans <> coalesce(known.calls, 0) or minutes.errors <> coalesce(known.errors, 0)
			""".formatted(MINUTES);

	private static final String SERVICES_OF_MINUTES = """
			insert into signals.rollup_service (project_id, minute, entry, calls, errors, service, sketch)
			with counted as materialized (
			    select minute, service, kind in (:server, :consumer) as entry, calls, errors, buckets, counts
			    from signals.rollup_span where project_id = :project and minute = any(:minutes)),
			sketch as (%s),
			total as (
			    select minute, service, entry, sum(calls) as calls, sum(errors) as errors from counted group by 1, 2, 3)
			select :project, minute, entry, calls, errors, service, sketch.sketch
			from total join sketch using (minute, service, entry)
			""".formatted(MergedSketches.bytes("counted", "minute, service, entry", "buckets", "counts", "sketch"));

	// From the hour's operations, which are fewer than those of its minutes. What is
	// by five is for a query service of the release before.
	private static final String SERVICES = """
			insert into signals.rollup_hour_service (project_id, minute, last_minute, entry, calls, errors, service, sketch,
			                                         calls_by_five, errors_by_five, by_minute)
			with counted as materialized (
			    select service, kind in (:server, :consumer) as entry, buckets, counts
			    from signals.rollup_hour_span where project_id = :project and minute = :hour),
			sketch as (%s),
			total as (
			    select service, entry, max(minute) as last_minute, sum(calls) as calls, sum(errors) as errors,
			           array[%s] as calls_by_five, array[%s] as errors_by_five,
			           %s as by_minute
			    from signals.rollup_service%s group by service, entry)
			select :project, :hour, last_minute, entry, calls, errors, service, sketch.sketch, calls_by_five, errors_by_five,
			       by_minute
			from total join sketch using (service, entry)
			"""
		.formatted(MergedSketches.bytes("counted", "service, entry", "buckets", "counts", "sketch"), byFive("calls"),
				byFive("errors"), ServiceSteps.BY_MINUTE, MINUTES);

	// As many as a minute tells apart.
	private static final String SPANS = """
			insert into signals.rollup_hour_span (project_id, minute, kind, calls, errors, duration, service, operation,
			                                      buckets, counts)
			with ranked as (
			    select service, operation, kind,
			           row_number() over (order by sum(calls) desc, service collate "C", operation collate "C", kind) as rank
			    from signals.rollup_span%1$s group by service, operation, kind),
			part as materialized (
			    select service, case when rank <= :most then operation else :other end as operation, kind, calls, errors,
			           duration, buckets, counts
			    from (select * from signals.rollup_span%1$s) span join ranked using (service, operation, kind)),
			sketch as (%2$s),
			total as (
			    select service, operation, kind, sum(calls) as calls, sum(errors) as errors, sum(duration) as duration
			    from part group by service, operation, kind)
			select :project, :hour, kind, calls, errors, least(duration, 9223372036854775807), service, operation, buckets,
			       counts
			from total join sketch using (service, operation, kind)
			"""
		.formatted(MINUTES, MergedSketches.arrays("part", "service, operation, kind"));

	private static final String EDGES = """
			insert into signals.rollup_hour_edge (project_id, minute, calls, errors, caller, callee, sketch, gap_sketch)
			with part as materialized (
			    select caller, callee, calls, errors, buckets, counts, gap_buckets, gap_counts
			    from signals.rollup_edge%s),
			durations as (%s),
			gaps as (%s),
			total as (select caller, callee, sum(calls) as calls, sum(errors) as errors from part group by caller, callee)
			select :project, :hour, calls, errors, caller, callee, sketch, coalesce(gap_sketch, %s)
			from total join durations using (caller, callee) left join gaps using (caller, callee)
			"""
		.formatted(MINUTES, MergedSketches.bytes("part", "caller, callee", "buckets", "counts", "sketch"),
				MergedSketches.bytes("part", "caller, callee", "gap_buckets", "gap_counts", "gap_sketch"),
				MergedSketches.EMPTY);

	private static final String LOGS = """
			insert into signals.rollup_hour_log (project_id, minute, last_minute, count, service, severity)
			select :project, :hour, max(minute), sum(count), service, severity
			from signals.rollup_log%s group by service, severity
			""".formatted(MINUTES);

	private static final String POINTS = """
			insert into signals.rollup_hour_point (project_id, minute, count, service)
			select :project, :hour, sum(count), service
			from (select series_id, sum(count) as count from signals.rollup_metric%s group by series_id) metric
			join signals.metric_series on id = series_id group by service
			""".formatted(MINUTES);

	private final JdbcClient jdbc;

	HourCounter(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Leaves word that there is somebody who counts. */
	public void sign() {
		this.jdbc.sql("""
				insert into signals.rollup_worker (seen_at) values (now())
				on conflict (one) do update set seen_at = excluded.seen_at
				""").update();
	}

	/**
	 * Makes the latest hour that is over, not made and quiet. Works in the transaction of
	 * the caller, which must have one; several at once make different hours.
	 * @return whether there was one
	 */
	public boolean makeOne() {
		return makeOne(QUIET);
	}

	boolean makeOne(Duration quiet) {
		// Whoever has just written one of its minutes holds the row until the commit.
		Optional<Hour> due = this.jdbc.sql("""
				select project_id, minute from signals.rollup_hour
				where (not made or form < 2) and minute + 60 <= extract(epoch from now()) / 60
				  and touched_at <= clock_timestamp() - make_interval(secs => :quiet)
				order by minute desc limit 1 for update skip locked
				""").param("quiet", quiet.toSeconds()).query(Hour::of).optional();
		due.ifPresent(this::make);
		return due.isPresent();
	}

	private void make(Hour hour) {
		this.jdbc.sql(SETTINGS).update();
		completeServices(hour);
		Stream.of("hour_service", "hour_span", "hour_edge", "hour_log", "hour_point")
			.forEach((table) -> run(
					"delete from signals.rollup_" + table + " where project_id = :project and minute = :hour", hour));
		Stream.of(SPANS, SERVICES, EDGES, LOGS, POINTS).forEach((statement) -> run(statement, hour));
		run("update signals.rollup_hour set made = true, form = 2 where project_id = :project and minute = :hour",
				hour);
	}

	private void completeServices(Hour hour) {
		List<Integer> wrong = this.jdbc.sql(WRONG_MINUTES)
			.param("project", hour.project().value())
			.param("hour", hour.minute())
			.query(Integer.class)
			.list();
		if (wrong.isEmpty()) {
			return;
		}
		for (String statement : List.of(
				"delete from signals.rollup_service where project_id = :project and minute = any(:minutes)",
				SERVICES_OF_MINUTES)) {
			this.jdbc.sql(statement)
				.param("project", hour.project().value())
				.param("minutes", wrong.stream().mapToInt(Integer::intValue).toArray())
				.param("server", SpanKind.SERVER.code())
				.param("consumer", SpanKind.CONSUMER.code())
				.update();
		}
	}

	private void run(String sql, Hour hour) {
		this.jdbc.sql(sql)
			.param("project", hour.project().value())
			.param("hour", hour.minute())
			.param("server", SpanKind.SERVER.code())
			.param("consumer", SpanKind.CONSUMER.code())
			.param("most", MinuteCounter.MOST_OPERATIONS)
			.param("other", RollupReader.OTHER)
			.update();
	}

	/** The sums of each five minutes, as the elements of an array. */
	private static String byFive(String column) {
		return IntStream.range(0, HOUR / FIVE)
			.mapToObj((five) -> "coalesce(sum(" + column + ") filter (where minute % " + HOUR + " / " + FIVE + " = "
					+ five + "), 0)::bigint")
			.collect(Collectors.joining(", "));
	}

	private record Hour(ProjectId project, int minute) {

		static Hour of(ResultSet row, int number) throws SQLException {
			return new Hour(new ProjectId(row.getInt("project_id")), row.getInt("minute"));
		}

	}

}
