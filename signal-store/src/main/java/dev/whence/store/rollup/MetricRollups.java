package dev.whence.store.rollup;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.whence.model.MetricKind;
import dev.whence.model.ProjectId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Answers what the metrics of a project measured over a range, from what was counted per
 * minute. Series that found no room ({@link RollupReader#OTHER}) have no name and are
 * left out. No point is read.
 */
public final class MetricRollups {

	/** Before the first step, for what a running total was at its beginning. */
	private static final int LEAD = 5;

	/** Sums of values beyond this would leave what a double can hold. */
	private static final String SANE = "least(greatest(%s, -1e300), 1e300)";

	private final JdbcClient jdbc;

	MetricRollups(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * The metrics of which a point was counted, as far as counts are kept, by service and
	 * name.
	 * @param service null for those of all services
	 * @param text what the name contains, in any case; null for any name
	 */
	public List<MetricName> names(ProjectId project, @Nullable String service, @Nullable String text, int limit) {
		return this.jdbc.sql("""
				select service, name, (array_agg(kind order by seen_minute desc, id))[1] as kind,
				       (array_agg(unit order by seen_minute desc, id))[1] as unit, count(*) as series,
				       max(seen_minute) as seen_minute
				from signals.metric_series
				where project_id = :project and name <> :other and (:service::text is null or service = :service)
				  and (:text::text is null or strpos(lower(name), lower(:text)) > 0)
				group by service, name order by service collate "C", name collate "C" limit :limit
				""")
			.param("project", project.value())
			.param("other", RollupReader.OTHER)
			.param("service", service)
			.param("text", text)
			.param("limit", limit)
			.query((row, _) -> new MetricName(row.getString("service"), row.getString("name"),
					MetricKind.ofCode(row.getInt("kind")), row.getString("unit"), row.getLong("series"),
					Minutes.startOf(row.getInt("seen_minute"))))
			.list();
	}

	/** How many metrics each service has, by service. */
	public Map<String, Long> services(ProjectId project, int limit) {
		Map<String, Long> services = new LinkedHashMap<>();
		this.jdbc.sql("""
				select service, count(distinct name) as metrics from signals.metric_series
				where project_id = :project and name <> :other
				group by service order by service collate "C" limit :limit
				""")
			.param("project", project.value())
			.param("other", RollupReader.OTHER)
			.param("limit", limit)
			.query((row) -> {
				services.put(row.getString("service"), row.getLong("metrics"));
			});
		return services;
	}

	/**
	 * The series of a metric that may have points in a range, the one with the latest
	 * point first.
	 */
	public List<SeriesKey> series(ProjectId project, MinuteRange range, String service, String name) {
		return this.jdbc.sql("""
				select id, service, name, unit, kind, attributes, resource from signals.metric_series
				where project_id = :project and service = :service and name = :name and name <> :other
				  and seen_minute >= :from - 60
				order by seen_minute desc, id limit :limit
				""")
			.param("project", project.value())
			.param("service", service)
			.param("name", name)
			.param("other", RollupReader.OTHER)
			.param("from", range.first())
			.param("limit", MinuteCounter.MOST_SERIES)
			.query(JdbcRollupReader::seriesKey)
			.list();
	}

	/**
	 * What series measured in each step with a point, by series and step.
	 * @param series their ids; those of another project are ignored. What it costs is a
	 * look at an index for each of them in each minute
	 */
	public List<StepPoints> points(ProjectId project, MinuteRange range, Collection<Long> series) {
		String rise = SANE.formatted("last") + " - lag(" + SANE.formatted("last") + ") over earlier";
		return this.jdbc
			.sql("""
					with point as (
					    select series_id, minute, count, %s as sum, min, max, last, %s as rise,
					           minute - lag(minute) over earlier as risen
					    from signals.rollup_metric
					    where project_id = :project and minute = any(:minutes) and series_id = any(:series)
					    window earlier as (partition by series_id order by minute))
					select series_id, (minute - :from) / :step as step, sum(count) as count, sum(sum) as sum, min(min) as min,
					       max(max) as max, (array_agg(last order by minute desc))[1] as last, max(minute) as last_minute,
					       sum(case when rise < 0 then greatest(%s, 0) else rise end) as rise, sum(risen) as risen
					from point where minute >= :from group by 1, 2 order by 1, 2
					"""
				.formatted(SANE.formatted("sum"), rise, SANE.formatted("last")))
			.param("project", project.value())
			.param("from", range.first())
			.param("step", range.step())
			.param("minutes", IntStream.range(range.first() - LEAD, range.end()).toArray())
			.param("series", series.toArray(Long[]::new))
			.query((row, _) -> new StepPoints(row.getLong("series_id"), row.getInt("step"), row.getLong("count"),
					row.getDouble("sum"), row.getDouble("min"), row.getDouble("max"), row.getDouble("last"),
					Minutes.startOf(row.getInt("last_minute")), row.getObject("rise", Double.class),
					Duration.ofMinutes(row.getLong("risen"))))
			.list();
	}

}
