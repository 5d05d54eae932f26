package dev.whence.query.analysis;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

import dev.whence.model.ProjectId;
import dev.whence.query.analysis.Accuracy.OfRank;
import dev.whence.query.analysis.Accuracy.OfVerdict;
import dev.whence.query.page.WorkerViews;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Counts what people said about analyses. */
@Repository
class AccuracyQueries {

	/**
	 * The rank of the true service: the first of what was right, else that of the service
	 * that was named, by its hypothesis, else by its place in the ranking, in which
	 * services that score the same have the same place.
	 */
	private static final String JUDGED = """
			select a.verdict, f.correct,
			       case when f.correct and (f.service is null
			                                or f.service = a.ai_explanation #>> '{hypotheses,0,service}') then 1
			            when f.service is null then null
			            else coalesce(
			                (select min((h ->> 'rank')::int)
			                   from jsonb_array_elements(coalesce(a.ai_explanation -> 'hypotheses', '[]')) h
			                  where h ->> 'service' = f.service),
			                (select min(1 + (select count(*)
			                                   from jsonb_array_elements(a.ai_explanation -> 'ranking') better
			                                  where (better ->> 'score')::float8 > (r ->> 'score')::float8))::int
			                   from jsonb_array_elements(coalesce(a.ai_explanation -> 'ranking', '[]')) r
			                  where r ->> 'service' = f.service)) end as rank
			  from incidents.analysis_feedback_view f
			  join incidents.analysis_view a on a.id = f.analysis_id and a.project_id = f.project_id
			 where f.project_id = :project and f.latest
			   and f.at >= coalesce(cast(:from as timestamptz), '-infinity')
			   and f.at < coalesce(cast(:to as timestamptz), 'infinity')
			 order by f.at desc limit 50000
			""";

	private final JdbcClient jdbc;

	AccuracyQueries(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Of what was said in the range, its end excluded; null is no limit. */
	Accuracy accuracy(ProjectId project, @Nullable Instant from, @Nullable Instant to) {
		List<OfVerdict> verdicts = WorkerViews.read(List.of(),
				() -> asked("""
						select verdict, count(*) filter (where correct) as right_ones,
						       count(*) filter (where not correct) as wrong_ones
						  from (%s) judged group by verdict order by verdict
						""", project, from, to)
					.query((row, _) -> new OfVerdict(row.getString("verdict"), row.getLong("right_ones"),
							row.getLong("wrong_ones")))
					.list());
		List<OfRank> ranks = WorkerViews.read(List.of(),
				() -> asked("""
						select rank, count(*) as count from (%s) judged group by rank order by rank nulls last
						""", project, from, to)
					.query((row, _) -> new OfRank(row.getObject("rank", Integer.class), row.getLong("count")))
					.list());
		long right = verdicts.stream().mapToLong(OfVerdict::right).sum();
		long wrong = verdicts.stream().mapToLong(OfVerdict::wrong).sum();
		return new Accuracy(from, to, right + wrong, right, wrong, verdicts, ranks);
	}

	private JdbcClient.StatementSpec asked(String sql, ProjectId project, @Nullable Instant from,
			@Nullable Instant to) {
		return this.jdbc.sql(sql.formatted(JUDGED))
			.param("project", project.value())
			.param("from", utc(from))
			.param("to", utc(to));
	}

	private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
		return (time != null) ? time.atOffset(ZoneOffset.UTC) : null;
	}

}
