package dev.whence.control.build.tracking;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;

import dev.whence.control.build.BuildProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The rows of builds that are not at their end. Claiming is one statement on the
 * database's clock. Who locks a build and its row here locks the build first.
 */
@Component
class BuildTasks {

	private static final String CLAIMED = """
			returning build_id, phase, attempt, failures, dispatches, first_asked_at, newest_run,
			          extract(epoch from clock_timestamp() - created_at)::float8 as age,
			          extract(epoch from clock_timestamp() - last_asked_at)::float8 as since_asked
			""";

	private final JdbcClient jdbc;

	private final BuildProperties properties;

	BuildTasks(JdbcClient jdbc, BuildProperties properties) {
		this.jdbc = jdbc;
		this.properties = properties;
	}

	/** Adds the row of a build; one that is there begins the phase now. */
	void add(long build, Phase phase, Duration pause) {
		this.jdbc.sql("""
				insert into control.build_task (build_id, phase, due_at)
				values (:build, :phase, clock_timestamp() + make_interval(secs => :pause))
				on conflict (build_id) do update set phase = excluded.phase, due_at = excluded.due_at,
				       attempt = build_task.attempt + 1, owner = null, lease_until = null, failures = 0
				""").param("build", build).param("phase", phase.name()).param("pause", seconds(pause)).update();
	}

	/** Claims the step that has been due for longest. */
	Optional<Claim> claim(String owner, boolean polling) {
		return this.jdbc.sql("""
				update control.build_task set attempt = attempt + 1, owner = :owner,
				       lease_until = clock_timestamp() + make_interval(secs => :lease)
				where build_id = (select build_id from control.build_task
				                  where due_at <= now() and (lease_until is null or lease_until < now())
				                    and phase <> 'PARKED' and (:polling or phase <> 'TRACK')
				                  order by due_at limit 1 for update skip locked)
				""" + CLAIMED)
			.param("owner", owner)
			.param("lease", seconds(this.properties.lease()))
			.param("polling", polling)
			.query(BuildTasks::read)
			.optional();
	}

	/** Claims the step of this build, due or not, unless somebody else is at it. */
	Optional<Claim> claim(String owner, long build) {
		return this.jdbc.sql("""
				update control.build_task set attempt = attempt + 1, owner = :owner,
				       lease_until = clock_timestamp() + make_interval(secs => :lease)
				where build_id = (select build_id from control.build_task
				                  where build_id = :build and (lease_until is null or lease_until < now())
				                    and phase <> 'PARKED' for update skip locked)
				""" + CLAIMED)
			.param("owner", owner)
			.param("build", build)
			.param("lease", seconds(this.properties.lease()))
			.query(BuildTasks::read)
			.optional();
	}

	/**
	 * Notes that a run is about to be asked for, unless one of another build of the same
	 * repository and branch may be on its way: whose a new run is could not be told then.
	 * @param newestRun the newest run that there is; 0 when there is none
	 * @return false when another build is on its way, or the claim is lost
	 */
	boolean intend(Claim claim, String repository, String ref, long newestRun) {
		this.jdbc.sql("select pg_advisory_xact_lock(hashtext('control.build_task'), hashtext(:branch))")
			.param("branch", repository + "@" + ref)
			.query()
			.singleRow();
		return this.jdbc.sql("""
				update control.build_task set phase = 'ASKED', dispatches = dispatches + 1, failures = 0,
				       last_asked_at = clock_timestamp(), first_asked_at = coalesce(first_asked_at, clock_timestamp()),
				       newest_run = coalesce(newest_run, :newest)
				where build_id = :build and attempt = :attempt
				  and not exists (select 1 from control.build_task other join control.build b on b.id = other.build_id
				                  where other.build_id <> :build and other.phase in ('ASKED', 'ACCEPTED', 'STOP')
				                    and b.repository = :repository and b.ref = :ref)
				""")
			.param("newest", newestRun)
			.param("build", claim.build())
			.param("attempt", claim.attempt())
			.param("repository", repository)
			.param("ref", ref)
			.update() == 1;
	}

	/** The newest run that there was when a run was asked for; 0 when there was none. */
	long newestRun(long build) {
		return this.jdbc.sql("select coalesce(newest_run, 0) from control.build_task where build_id = :build")
			.param("build", build)
			.query(Long.class)
			.optional()
			.orElse(0L);
	}

	/**
	 * Takes the note of {@link #intend} back: for certain nothing was sent, and the next
	 * dispatch needs no look before it.
	 */
	void notSent(Claim claim, Duration pause) {
		this.jdbc.sql("""
				update control.build_task set dispatches = greatest(dispatches - 1, 0), failures = failures + 1,
				       first_asked_at = case when dispatches > 1 then first_asked_at end,
				       newest_run = case when dispatches > 1 then newest_run end,
				       phase = 'DISPATCH', owner = null, lease_until = null,
				       due_at = clock_timestamp() + make_interval(secs => :pause)
				where build_id = :build and attempt = :attempt
				""")
			.param("pause", seconds(pause))
			.param("build", claim.build())
			.param("attempt", claim.attempt())
			.update();
	}

	/** Gives the row back, for that phase after the pause. */
	boolean putBack(Claim claim, Phase phase, Duration pause) {
		return this.jdbc.sql("""
				update control.build_task set phase = :phase, owner = null, lease_until = null, failures = 0,
				       due_at = clock_timestamp() + make_interval(secs => :pause)
				where build_id = :build and attempt = :attempt
				""")
			.param("phase", phase.name())
			.param("pause", seconds(pause))
			.param("build", claim.build())
			.param("attempt", claim.attempt())
			.update() == 1;
	}

	/**
	 * Gives the row back after a failure, in the phase that it has by now: what was noted
	 * before a call must not be lost with it.
	 */
	boolean failed(Claim claim, Duration pause) {
		return this.jdbc.sql("""
				update control.build_task set owner = null, lease_until = null, failures = :failures,
				       due_at = clock_timestamp() + make_interval(secs => :pause)
				where build_id = :build and attempt = :attempt
				""")
			.param("failures", claim.failures() + 1)
			.param("pause", seconds(pause))
			.param("build", claim.build())
			.param("attempt", claim.attempt())
			.update() == 1;
	}

	/** Nothing is left to do, as far as the claim goes. */
	void remove(Claim claim) {
		this.jdbc.sql("delete from control.build_task where build_id = :build and attempt = :attempt")
			.param("build", claim.build())
			.param("attempt", claim.attempt())
			.update();
	}

	/** Nothing is left to do, whoever is at it. */
	void remove(long build) {
		this.jdbc.sql("delete from control.build_task where build_id = :build").param("build", build).update();
	}

	/** The phase of a build that is not at its end. */
	Optional<Phase> phase(long build) {
		return this.jdbc.sql("select phase from control.build_task where build_id = :build")
			.param("build", build)
			.query((row, _) -> Phase.valueOf(row.getString(1)))
			.optional();
	}

	/**
	 * Whether a run was started that only has to come up. After a failure its pause is to
	 * be kept.
	 */
	boolean isAccepted(long build) {
		return this.jdbc.sql("""
				select exists (select from control.build_task
				                where build_id = :build and phase = 'ACCEPTED' and failures = 0)
				""").param("build", build).query(Boolean.class).single();
	}

	/** Looks for the runs of builds of the branch at once. */
	int hasten(String repository, String ref) {
		return this.jdbc.sql("""
				update control.build_task t set due_at = least(due_at, clock_timestamp())
				from control.build b
				where b.id = t.build_id and t.phase in ('ASKED', 'ACCEPTED', 'STOP')
				  and lower(b.repository) = lower(:repository) and b.ref = :ref
				""").param("repository", repository).param("ref", ref).update();
	}

	private static Claim read(ResultSet row, int number) throws SQLException {
		OffsetDateTime first = row.getObject("first_asked_at", OffsetDateTime.class);
		return new Claim(row.getLong("build_id"), Phase.valueOf(row.getString("phase")), row.getLong("attempt"),
				row.getInt("failures"), row.getInt("dispatches"), duration(row.getObject("age", Double.class)),
				(first != null) ? first.toInstant() : null, since(row.getObject("since_asked", Double.class)),
				row.getLong("newest_run"));
	}

	private static @Nullable Duration since(@Nullable Double seconds) {
		return (seconds != null) ? duration(seconds) : null;
	}

	private static Duration duration(double seconds) {
		return Duration.ofMillis((long) (seconds * 1000));
	}

	private static double seconds(Duration duration) {
		return duration.toMillis() / 1000.0;
	}

}
