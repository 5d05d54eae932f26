package dev.whence.analysis.job;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import dev.whence.model.ProjectId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The jobs in PostgreSQL. Claiming is one statement on the database's clock, which is why
 * jobs are not JPA aggregates: reading first and writing later would need a second round
 * trip and a second notion of time.
 */
@Component
public class JobQueue {

	/** Somebody waits for it. */
	private static final int AWAITED = 0;

	/** Nobody waits, but later it would be worth less. */
	private static final int RECENT = 1;

	/** It can be done whenever there is time. */
	private static final int OLD = 2;

	private final JdbcClient jdbc;

	private final JobProperties properties;

	JobQueue(JdbcClient jdbc, JobProperties properties) {
		this.jdbc = jdbc;
		this.properties = properties;
	}

	/** Wants one more look at the subject, however often that was wanted before. */
	public void wantAnother(ProjectId project, JobKind kind, String subject) {
		this.jdbc.sql("""
				insert into incidents.job (project_id, kind, subject, wanted_version)
				values (:project, :kind, :subject, 1)
				on conflict (project_id, kind, subject) do update
				set wanted_version = job.wanted_version + 1, not_before = least(job.not_before, now()), failures = 0
				""").param("project", project.value()).param("kind", kind.name()).param("subject", subject).update();
	}

	/**
	 * Wants the subject in at least this version, after a pause in which more may arrive.
	 * A pause that has begun is not begun again, so work is put off once, not for ever.
	 */
	public void want(ProjectId project, JobKind kind, String subject, long version, Duration pause) {
		this.jdbc.sql("""
				insert into incidents.job (project_id, kind, subject, wanted_version, not_before)
				values (:project, :kind, :subject, :version, now() + make_interval(secs => :pause))
				on conflict (project_id, kind, subject) do update
				set wanted_version = greatest(job.wanted_version, excluded.wanted_version), failures = 0,
				    not_before = case when job.wanted_version > job.done_version then job.not_before
				                 else excluded.not_before end
				""")
			.param("project", project.value())
			.param("kind", kind.name())
			.param("subject", subject)
			.param("version", version)
			.param("pause", seconds(pause))
			.update();
	}

	/**
	 * Wants the subjects once more, in the background, when nothing was heard of them for
	 * the pause. One that is heard of again and again is worked on now and then, and once
	 * more after it has become quiet: the run that finishes it began at least the pause
	 * after the last call.
	 * @param subjects each once
	 */
	public void wantWhenQuiet(ProjectId project, JobKind kind, Collection<QuietSubject> subjects, Duration pause) {
		List<QuietSubject> ordered = subjects.stream().sorted(Comparator.comparing(QuietSubject::subject)).toList();
		this.jdbc.sql("""
				insert into incidents.job (project_id, kind, subject, wanted_version, priority, not_before, quiet_at,
				                           put_off_until)
				select :project, :kind, subject, 1, case when recent then :recent else :old end,
				       greatest(earliest, now() + make_interval(secs => :pause)),
				       now() + make_interval(secs => :pause),
				       greatest(earliest, now() + make_interval(secs => :pause)) + make_interval(secs => patience)
				from unnest(:subjects::text[], :earliest::timestamptz[], :patience::float8[], :recents::boolean[])
				     as wanted (subject, earliest, patience, recent)
				on conflict (project_id, kind, subject) do update
				set wanted_version = job.wanted_version + 1, failures = 0, priority = excluded.priority,
				    quiet_at = greatest(job.quiet_at, excluded.quiet_at),
				    put_off_until = coalesce(job.put_off_until, excluded.put_off_until),
				    not_before = case when job.wanted_version > job.done_version
				                      then greatest(job.not_before, least(excluded.not_before,
				                                    coalesce(job.put_off_until, excluded.put_off_until)))
				                 else excluded.not_before end
				""")
			.param("project", project.value())
			.param("kind", kind.name())
			.param("recent", RECENT)
			.param("old", OLD)
			.param("pause", seconds(pause))
			.param("subjects", ordered.stream().map(QuietSubject::subject).toArray(String[]::new))
			.param("earliest", ordered.stream().map((one) -> one.earliest().toString()).toArray(String[]::new))
			.param("patience", ordered.stream().map((one) -> seconds(one.patience())).toArray(Double[]::new))
			.param("recents", ordered.stream().map(QuietSubject::recent).toArray(Boolean[]::new))
			.update();
	}

	/** Wants another look unless one began well after that time; see the sweeper. */
	int wantUnlessLookedAfter(ProjectId project, JobKind kind, String subject, Instant time) {
		return this.jdbc.sql("""
				insert into incidents.job (project_id, kind, subject, wanted_version)
				values (:project, :kind, :subject, 1)
				on conflict (project_id, kind, subject) do update
				set wanted_version = job.wanted_version + 1, not_before = least(job.not_before, now())
				where job.wanted_version = job.done_version and (job.looked_at is null or job.looked_at < :time)
				""")
			.param("project", project.value())
			.param("kind", kind.name())
			.param("subject", subject)
			.param("time", time.atOffset(ZoneOffset.UTC))
			.update();
	}

	/**
	 * Claims the work that has been due for longest; what can wait, only when nothing
	 * else is due.
	 */
	Optional<Claim> claim(String owner) {
		return claim(owner, false).or(() -> claim(owner, true));
	}

	/**
	 * Claims the work that has been due for longest.
	 * @param background whether only such work is looked for that can wait, or none of it
	 */
	Optional<Claim> claim(String owner, boolean background) {
		return this.jdbc.sql("""
				update incidents.job set attempt = attempt + 1, owner = :owner,
				       lease_until = clock_timestamp() + make_interval(secs => :lease)
				where id = (select id from incidents.job
				            where wanted_version > done_version and not_before <= now()
				              and (lease_until is null or lease_until < now())
				              and priority between :first and :last
				            order by priority, not_before limit 1 for update skip locked)
				returning id, project_id, kind, subject, wanted_version, attempt
				""")
			.param("owner", owner)
			.param("lease", seconds(this.properties.lease()))
			.param("first", background ? RECENT : AWAITED)
			.param("last", background ? OLD : AWAITED)
			.query((rs, _) -> new Claim(rs.getLong(1), new ProjectId(rs.getInt(2)), JobKind.valueOf(rs.getString(3)),
					rs.getString(4), rs.getLong(5), rs.getLong(6)))
			.optional();
	}

	/** Extends the lease; false when the claim is no longer ours. */
	public boolean renew(Claim claim) {
		return this.jdbc.sql("""
				update incidents.job set lease_until = clock_timestamp() + make_interval(secs => :lease)
				where id = :id and attempt = :attempt
				""")
			.param("lease", seconds(this.properties.lease()))
			.param("id", claim.jobId())
			.param("attempt", claim.attempt())
			.update() == 1;
	}

	/** Ends the work; what was wanted meanwhile is due at once. */
	public boolean finish(Claim claim, long version) {
		return finish(claim, version, Duration.ZERO);
	}

	/**
	 * Ends the work in the caller's transaction. Keeps the row locked until that commits,
	 * so that nobody claims it in between. A subject that was not quiet when the caller's
	 * transaction began stays wanted until it is.
	 * @param version up to which the work is done now
	 * @param rest how long the next run waits when more was wanted meanwhile
	 * @return false when the claim was lost: the caller must store nothing
	 */
	public boolean finish(Claim claim, long version, Duration rest) {
		return this.jdbc.sql("""
				update incidents.job set lease_until = null, owner = null, failures = 0, last_error = null,
				       looked_at = now(), put_off_until = null,
				       done_version = greatest(done_version, case when quiet_at > now() then :version - 1
				                                             else :version end),
				       not_before = case when quiet_at > now() then quiet_at
				                    when wanted_version > :version then now() + make_interval(secs => :rest)
				                    else not_before end
				where id = :id and attempt = :attempt
				""")
			.param("version", version)
			.param("rest", seconds(rest))
			.param("id", claim.jobId())
			.param("attempt", claim.attempt())
			.update() == 1;
	}

	/** Gives the work back, to be claimed again after the pause. */
	public void putBack(Claim claim, Duration pause) {
		this.jdbc.sql("""
				update incidents.job set lease_until = null, owner = null,
				       not_before = now() + make_interval(secs => :pause)
				where id = :id and attempt = :attempt
				""")
			.param("pause", seconds(pause))
			.param("id", claim.jobId())
			.param("attempt", claim.attempt())
			.update();
	}

	/**
	 * Gives failed work back; the pause doubles with each failure, up to five minutes.
	 */
	void fail(Claim claim, String reason) {
		this.jdbc.sql("""
				update incidents.job set lease_until = null, owner = null, failures = failures + 1,
				       last_error = left(:reason, 1000),
				       not_before = now() + make_interval(secs => least(300, power(2, least(failures, 9))))
				where id = :id and attempt = :attempt
				""").param("reason", reason).param("id", claim.jobId()).param("attempt", claim.attempt()).update();
	}

	/**
	 * Forgets subjects of a kind that nobody has wanted for so long; wanting one again
	 * begins anew.
	 */
	int forgetDone(JobKind kind, Duration unwanted) {
		return this.jdbc.sql("""
				delete from incidents.job where id in (
				    select id from incidents.job
				    where kind = :kind and wanted_version = done_version
				      and looked_at < now() - make_interval(secs => :unwanted)
				    limit 10000 for update skip locked)
				""").param("kind", kind.name()).param("unwanted", seconds(unwanted)).update();
	}

	/** Whether work on the subject waits or is being done. */
	public boolean isWanted(ProjectId project, JobKind kind, String subject) {
		return this.jdbc.sql("""
				select exists (select 1 from incidents.job
				               where project_id = :project and kind = :kind and subject = :subject
				                 and wanted_version > done_version)
				""")
			.param("project", project.value())
			.param("kind", kind.name())
			.param("subject", subject)
			.query(Boolean.class)
			.single();
	}

	/** The database's time. */
	Instant now() {
		return this.jdbc.sql("select clock_timestamp()").query(OffsetDateTime.class).single().toInstant();
	}

	/** How much work of a kind is due. */
	long backlog(JobKind kind) {
		return this.jdbc.sql("select count(*) from incidents.job where kind = :kind and wanted_version > done_version")
			.param("kind", kind.name())
			.query(Long.class)
			.single();
	}

	/** How long ago the work became due that has waited longest; zero if none is due. */
	Duration oldest(JobKind kind) {
		double seconds = this.jdbc.sql("""
				select coalesce(extract(epoch from now() - min(not_before)), 0) from incidents.job
				where kind = :kind and wanted_version > done_version and not_before <= now()
				""").param("kind", kind.name()).query(Double.class).single();
		return Duration.ofMillis(Math.round(seconds * 1000));
	}

	private static double seconds(Duration duration) {
		return duration.toMillis() / 1000.0;
	}

}
