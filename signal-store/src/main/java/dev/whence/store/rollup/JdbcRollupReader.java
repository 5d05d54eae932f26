package dev.whence.store.rollup;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

import dev.whence.model.MetricKind;
import dev.whence.model.ProjectId;
import dev.whence.model.SpanKind;
import dev.whence.store.form.JsonText;

import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads from PostgreSQL. */
final class JdbcRollupReader implements RollupReader {

	private static final RowMapper<MetricRollup> METRIC = (rs, _) -> new MetricRollup(rs.getLong("series_id"),
			Minutes.startOf(rs.getInt("minute")), rs.getLong("count"), rs.getDouble("sum"), rs.getDouble("min"),
			rs.getDouble("max"), rs.getDouble("last"),
			Arrays.stream((Double[]) rs.getArray("samples").getArray()).mapToDouble(Double::doubleValue).toArray());

	private final JdbcClient jdbc;

	JdbcRollupReader(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@Override
	public List<MinuteTotals> minutes(ProjectId project, Minutes minutes, int limit) {
		return query("""
				select minute, spans, errors, logs, points from signals.rollup_minute
				where project_id = :project and minute = any(:minutes) order by minute limit :limit
				""", project, minutes, limit)
			.query((rs, _) -> new MinuteTotals(Minutes.startOf(rs.getInt("minute")), rs.getLong("spans"),
					rs.getLong("errors"), rs.getLong("logs"), rs.getLong("points")))
			.list();
	}

	@Override
	public List<SpanRollup> spans(ProjectId project, Minutes minutes, int limit) {
		return query("""
				select minute, service, operation, kind, calls, errors, duration, buckets, counts
				from signals.rollup_span where project_id = :project and minute = any(:minutes)
				order by minute, service collate "C", operation collate "C", kind limit :limit
				""", project, minutes, limit)
			.query((rs, _) -> new SpanRollup(Minutes.startOf(rs.getInt("minute")), rs.getString("service"),
					rs.getString("operation"), SpanKind.ofCode(rs.getInt("kind")), rs.getLong("calls"),
					rs.getLong("errors"), Duration.ofNanos(rs.getLong("duration")), sketch(rs, "buckets", "counts")))
			.list();
	}

	@Override
	public List<EdgeRollup> edges(ProjectId project, Minutes minutes, int limit) {
		return query("""
				select minute, caller, callee, calls, errors, buckets, counts, gap_buckets, gap_counts
				from signals.rollup_edge where project_id = :project and minute = any(:minutes)
				order by minute, caller collate "C", callee collate "C" limit :limit
				""", project, minutes, limit)
			.query((rs, _) -> new EdgeRollup(Minutes.startOf(rs.getInt("minute")), rs.getString("caller"),
					rs.getString("callee"), rs.getLong("calls"), rs.getLong("errors"), sketch(rs, "buckets", "counts"),
					sketch(rs, "gap_buckets", "gap_counts")))
			.list();
	}

	@Override
	public List<LogRollup> logs(ProjectId project, Minutes minutes, int limit) {
		return query("""
				select minute, service, severity, count from signals.rollup_log
				where project_id = :project and minute = any(:minutes)
				order by minute, service collate "C", severity collate "C" limit :limit
				""", project, minutes, limit)
			.query((rs, _) -> new LogRollup(Minutes.startOf(rs.getInt("minute")), rs.getString("service"),
					rs.getString("severity"), rs.getLong("count")))
			.list();
	}

	@Override
	public List<SeriesKey> series(ProjectId project, int limit) {
		return this.jdbc.sql("""
				select id, service, name, unit, kind, attributes, resource from signals.metric_series
				where project_id = :project order by seen_minute desc, id limit :limit
				""").param("project", project.value()).param("limit", limit).query(JdbcRollupReader::seriesKey).list();
	}

	@Override
	public List<SeriesKey> series(ProjectId project, Collection<Long> series) {
		return this.jdbc.sql("""
				select id, service, name, unit, kind, attributes, resource from signals.metric_series
				where project_id = :project and id = any(:series) order by id
				""")
			.param("project", project.value())
			.param("series", series.toArray(Long[]::new))
			.query(JdbcRollupReader::seriesKey)
			.list();
	}

	@Override
	public List<MetricRollup> metrics(ProjectId project, Minutes minutes, int limit) {
		return query("""
				select series_id, minute, count, sum, min, max, last, samples from signals.rollup_metric
				where project_id = :project and minute = any(:minutes) order by minute, series_id limit :limit
				""", project, minutes, limit).query(METRIC).list();
	}

	@Override
	public List<MetricRollup> metrics(ProjectId project, Collection<Long> series, Minutes minutes, int limit) {
		return query("""
				select series_id, minute, count, sum, min, max, last, samples from signals.rollup_metric
				where project_id = :project and minute = any(:minutes) and series_id = any(:series)
				order by minute, series_id limit :limit
				""", project, minutes, limit).param("series", series.toArray(Long[]::new)).query(METRIC).list();
	}

	@Override
	public List<Call> calls(ProjectId project, Minutes minutes, int limit) {
		return query("""
				select caller, callee, sum(calls)::bigint as calls, sum(errors)::bigint as errors
				from signals.rollup_edge where project_id = :project and minute = any(:minutes)
				group by caller, callee order by 3 desc, caller collate "C", callee collate "C" limit :limit
				""", project, minutes, limit)
			.query((rs, _) -> new Call(rs.getString("caller"), rs.getString("callee"), rs.getLong("calls"),
					rs.getLong("errors")))
			.list();
	}

	private StatementSpec query(String sql, ProjectId project, Minutes minutes, int limit) {
		return this.jdbc.sql(sql)
			.param("project", project.value())
			.param("minutes", minutes.numbers())
			.param("limit", limit);
	}

	private static DurationSketch sketch(ResultSet rs, String buckets, String counts) throws SQLException {
		SketchSum sum = new SketchSum();
		sum.add(rs, buckets, counts);
		return sum.sketch();
	}

	static SeriesKey seriesKey(ResultSet rs, int row) throws SQLException {
		return new SeriesKey(rs.getLong("id"), rs.getString("service"), rs.getString("name"), rs.getString("unit"),
				MetricKind.ofCode(rs.getInt("kind")), JsonText.read(rs.getString("attributes")),
				Whereabouts.of(JsonText.read(rs.getString("resource"))));
	}

}
