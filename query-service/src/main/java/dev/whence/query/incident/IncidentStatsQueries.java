package dev.whence.query.incident;

import java.time.Instant;
import java.time.ZoneOffset;

import dev.whence.model.ProjectId;
import dev.whence.query.incident.IncidentStats.Durations;
import dev.whence.query.page.WorkerViews;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Computes how fast incidents were handled. */
@Repository
class IncidentStatsQueries {

	/** More incidents in one range than this are counted as so many, the newest ones. */
	private static final int MOST_INCIDENTS = 50_000;

	private final JdbcClient jdbc;

	IncidentStatsQueries(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Of the incidents that were detected in the range, its end excluded. */
	IncidentStats stats(ProjectId project, Instant from, Instant to, @Nullable String service) {
		IncidentStats none = new IncidentStats(from, to, service, 0, 0, 0, 0, 0, null, null);
		return WorkerViews.read(none, () -> this.jdbc.sql("""
				with chosen as (
				    select id, detected_at from incidents.incident_life_view
				     where project_id = :project and detected_at >= :from and detected_at < :to
				       and state <> 'MERGED'
				       and (cast(:service as text) is null or cast(:service as text) = any(affected_services))
				     order by detected_at desc limit :most),
				handled as (
				    select c.id, c.detected_at, acked.at as acked_at, over.at as over_at, over.quiet,
				           exists (select 1 from incidents.incident_event_view e
				                    where e.incident_id = c.id and e.change = 'reopened') as reopened
				      from chosen c
				      left join lateral (select at from incidents.incident_event_view e
				                          where e.incident_id = c.id and e.change = 'acknowledged'
				                          order by e.id limit 1) acked on true
				      left join lateral (select coalesce(effective_at, at) as at, detail ->> 'reason' = 'quiet' as quiet
				                           from incidents.incident_event_view e
				                          where e.incident_id = c.id and e.change in ('resolved', 'closed')
				                          order by e.id limit 1) over on true),
				measured as (
				    select *, extract(epoch from acked_at - detected_at) as tta,
				           extract(epoch from over_at - detected_at) as ttr from handled)
				select count(*) as incidents, count(tta) as acknowledged, count(ttr) as resolved,
				       count(*) filter (where quiet) as auto_resolved, count(*) filter (where reopened) as reopened,
				       avg(tta) as mean_tta, percentile_cont(0.5) within group (order by tta) as median_tta,
				       avg(ttr) as mean_ttr, percentile_cont(0.5) within group (order by ttr) as median_ttr
				  from measured
				""")
			.param("project", project.value())
			.param("from", from.atOffset(ZoneOffset.UTC))
			.param("to", to.atOffset(ZoneOffset.UTC))
			.param("service", service)
			.param("most", MOST_INCIDENTS)
			.query((row, _) -> new IncidentStats(from, to, service, row.getLong("incidents"),
					row.getLong("acknowledged"), row.getLong("resolved"), row.getLong("auto_resolved"),
					row.getLong("reopened"),
					Durations.of(row.getLong("acknowledged"), row.getDouble("mean_tta"), row.getDouble("median_tta")),
					Durations.of(row.getLong("resolved"), row.getDouble("mean_ttr"), row.getDouble("median_ttr"))))
			.single());
	}

}
