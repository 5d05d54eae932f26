package dev.whence.store.rollup;

import java.time.Instant;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Deletes what was counted of minutes that are kept no longer. */
public final class ExpiredRollups {

	private static final Logger log = LoggerFactory.getLogger(ExpiredRollups.class);

	/** An hour of a project goes in one transaction. */
	private static final int CHUNK = 60;

	private final JdbcClient jdbc;

	private final int oldest;

	/**
	 * @param oldest the first instant whose minute is kept
	 */
	public ExpiredRollups(JdbcClient jdbc, Instant oldest) {
		this.jdbc = jdbc;
		this.oldest = Minutes.numberOf(oldest);
	}

	public void delete() {
		try {
			int minutes;
			do {
				minutes = deleteSome();
			}
			while (minutes == CHUNK);
			deleteHours();
			this.jdbc.sql("delete from signals.metric_series where seen_minute < :oldest - 60")
				.param("oldest", this.oldest)
				.update();
		}
		catch (DataAccessException ex) {
			log.warn("Could not expire rollups, the next maintenance will try again: {}",
					ex.getMostSpecificCause().getMessage());
		}
	}

	// The row of the minute is the way to the others and is deleted together with them.
	private int deleteSome() {
		return this.jdbc.sql("""
				with gone as (
				    delete from signals.rollup_minute where (project_id, minute) in (
				        select project_id, minute from signals.rollup_minute where minute < :oldest
				        order by minute limit :chunk for update skip locked)
				    returning project_id, minute),
				spans as (delete from signals.rollup_span s using gone g
				          where s.project_id = g.project_id and s.minute = g.minute),
				services as (delete from signals.rollup_service s using gone g
				             where s.project_id = g.project_id and s.minute = g.minute),
				edges as (delete from signals.rollup_edge e using gone g
				          where e.project_id = g.project_id and e.minute = g.minute),
				logs as (delete from signals.rollup_log l using gone g
				         where l.project_id = g.project_id and l.minute = g.minute),
				metrics as (delete from signals.rollup_metric m using gone g
				            where m.project_id = g.project_id and m.minute = g.minute)
				select count(*) from gone
				""").param("oldest", this.oldest).param("chunk", CHUNK).query(Integer.class).single();
	}

	// As a whole, when the last of its minutes is gone.
	private void deleteHours() {
		this.jdbc.sql("""
				with gone as (
				    delete from signals.rollup_hour where (project_id, minute) in (
				        select project_id, minute from signals.rollup_hour where minute + 60 <= :oldest
				        for update skip locked)
				    returning project_id, minute),
				spans as (delete from signals.rollup_hour_span s using gone g
				          where s.project_id = g.project_id and s.minute = g.minute),
				services as (delete from signals.rollup_hour_service s using gone g
				             where s.project_id = g.project_id and s.minute = g.minute),
				edges as (delete from signals.rollup_hour_edge e using gone g
				          where e.project_id = g.project_id and e.minute = g.minute),
				logs as (delete from signals.rollup_hour_log l using gone g
				         where l.project_id = g.project_id and l.minute = g.minute)
				delete from signals.rollup_hour_point p using gone g
				where p.project_id = g.project_id and p.minute = g.minute
				""").param("oldest", this.oldest).update();
	}

}
