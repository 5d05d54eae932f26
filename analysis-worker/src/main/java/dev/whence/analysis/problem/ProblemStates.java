package dev.whence.analysis.problem;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.whence.model.ProblemSubject;
import dev.whence.model.ProjectId;
import dev.whence.model.Severity;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The kinds of problem of a project, by fingerprint. Everything is set, nothing counted,
 * so that meeting a problem again changes nothing.
 */
@Component
public class ProblemStates {

	/**
	 * How far a clock may be ahead of ours. What is further says that it happens next
	 * year, and would come back after every resolution until then.
	 */
	private static final Duration CLOCK_SKEW = Duration.ofMinutes(10);

	private final JdbcClient jdbc;

	ProblemStates(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Takes note of what was seen, in the caller's transaction.
	 * @return the fingerprints that are ignored: they open no incident and join none
	 */
	public Set<String> meet(ProjectId project, Collection<Sighting> sightings) {
		if (sightings.isEmpty()) {
			return Set.of();
		}
		// In one order, so that two transactions never wait for each other.
		sightings.stream()
			.sorted(Comparator.comparing(Sighting::fingerprint))
			.forEach((sighting) -> meet(project, sighting));
		return ignored(project, sightings.stream().map(Sighting::fingerprint).toList());
	}

	/**
	 * Takes note of what was observed under the fingerprint, in the caller's transaction.
	 */
	public void meetFirings(ProjectId project, String fingerprint) {
		this.jdbc.sql("""
				select service, title, severity, min(starts_at) over () as first_seen,
				       max(coalesce(ends_at, starts_at)) over () as last_seen
				from incidents.observation where project_id = :project and fingerprint = :fingerprint
				order by array_position(array['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'], severity), starts_at desc limit 1
				""")
			.param("project", project.value())
			.param("fingerprint", fingerprint)
			.query((rs, _) -> new Sighting(fingerprint, rs.getString("service"), rs.getString("title"),
					Severity.valueOf(rs.getString("severity")),
					rs.getObject("first_seen", OffsetDateTime.class).toInstant(),
					rs.getObject("last_seen", OffsetDateTime.class).toInstant()))
			.optional()
			.ifPresent((sighting) -> meet(project, sighting));
	}

	/** Those of the fingerprints that are ignored. */
	public Set<String> ignored(ProjectId project, Collection<String> fingerprints) {
		return new HashSet<>(this.jdbc.sql("""
				select fingerprint from incidents.problem_state
				where project_id = :project and fingerprint = any(:fingerprints) and ignored_at is not null
				""")
			.param("project", project.value())
			.param("fingerprints", fingerprints.toArray(String[]::new))
			.query(String.class)
			.list());
	}

	/** How many kinds of problem the incident has. */
	public int kindsOf(UUID incident) {
		return this.jdbc
			.sql("select count(distinct fingerprint) from incidents.incident_member where incident_id = :incident")
			.param("incident", incident)
			.query(Integer.class)
			.single();
	}

	/** Where the incident's trouble began with one of these problems. */
	public List<ProblemSubject> subjectsOf(UUID incident, Collection<String> fingerprints) {
		return this.jdbc.sql("""
				select distinct subject from incidents.incident_member
				where incident_id = :incident and origin and fingerprint = any(:fingerprints) order by subject
				""")
			.param("incident", incident)
			.param("fingerprints", fingerprints.toArray(String[]::new))
			.query((rs, _) -> ProblemSubject.parse(rs.getString(1)))
			.list();
	}

	/** Resolves every problem of the incident, in the caller's transaction. */
	public void resolveAllOf(ProjectId project, UUID incident, Instant now, String actor, @Nullable String credential) {
		List<String> resolved = this.jdbc.sql("""
				update incidents.problem_state
				set resolved_at = :now, changed_at = :now, changed_by = :actor, note = null
				where project_id = :project and (resolved_at is null or resolved_at < last_seen) and ignored_at is null
				  and fingerprint in (select fingerprint from incidents.incident_member where incident_id = :incident)
				returning fingerprint
				""")
			.param("now", utc(now))
			.param("actor", actor)
			.param("project", project.value())
			.param("incident", incident)
			.query(String.class)
			.list();
		resolved.forEach((fingerprint) -> note(project, fingerprint, "resolved", actor, credential, null));
	}

	/**
	 * Ignores the problems with which the incident's trouble began, in the caller's
	 * transaction. Its symptoms stay what they are: other trouble shows the same ones.
	 * @return how many were not ignored before
	 */
	public int ignoreAllOf(ProjectId project, UUID incident, String actor, @Nullable String credential,
			@Nullable String note) {
		List<String> origins = this.jdbc.sql("""
				select distinct fingerprint from incidents.incident_member
				where incident_id = :incident and project_id = :project and origin order by fingerprint
				""").param("incident", incident).param("project", project.value()).query(String.class).list();
		return (int) origins.stream()
			.filter((fingerprint) -> decide(project, fingerprint, ProblemDecision.IGNORE, actor, credential, note))
			.count();
	}

	/**
	 * Writes a decision down, in the caller's transaction.
	 * @return whether it changed anything
	 */
	boolean decide(ProjectId project, String fingerprint, ProblemDecision decision, String actor,
			@Nullable String credential, @Nullable String note) {
		boolean changed = this.jdbc.sql("""
				update incidents.problem_state set %s, changed_at = now(), changed_by = :actor, note = :note
				where project_id = :project and fingerprint = :fingerprint and %s
				""".formatted(decision.assignment(), decision.condition()))
			.param("actor", actor)
			.param("note", note)
			.param("project", project.value())
			.param("fingerprint", fingerprint)
			.update() == 1;
		if (changed) {
			note(project, fingerprint, decision.change(), actor, credential, note);
		}
		return changed;
	}

	Optional<ProblemState> find(ProjectId project, String fingerprint) {
		return this.jdbc.sql("""
				select fingerprint, service, title, severity, state, first_seen, last_seen, changed_at, changed_by, note
				from incidents.problem_view where project_id = :project and fingerprint = :fingerprint
				""")
			.param("project", project.value())
			.param("fingerprint", fingerprint)
			.query(ProblemState::of)
			.optional();
	}

	private void meet(ProjectId project, Sighting sighting) {
		this.jdbc
			.sql("""
					insert into incidents.problem_state (project_id, fingerprint, service, title, severity, first_seen, last_seen)
					values (:project, :fingerprint, :service, :title, :severity, :first, least(:last, now()))
					on conflict (project_id, fingerprint) do update
					set severity = case when problem_state.severity = any(:less) then excluded.severity
					                    else problem_state.severity end,
					    first_seen = least(problem_state.first_seen, excluded.first_seen),
					    last_seen = case when :last > now() + make_interval(secs => :skew) then problem_state.last_seen
					                     else greatest(problem_state.last_seen, :last) end
					where problem_state.severity = any(:less) or problem_state.first_seen > excluded.first_seen
					   or problem_state.last_seen < :last and :last <= now() + make_interval(secs => :skew)
					""")
			.param("project", project.value())
			.param("fingerprint", sighting.fingerprint())
			.param("service", sighting.service())
			.param("title", sighting.title())
			.param("severity", sighting.severity().name())
			.param("less",
					Arrays.stream(Severity.values())
						.filter((severity) -> !severity.isAtLeast(sighting.severity()))
						.map(Severity::name)
						.toArray(String[]::new))
			.param("first", utc(sighting.firstSeen()))
			.param("last", utc(sighting.lastSeen()))
			.param("skew", CLOCK_SKEW.toSeconds())
			.update();
	}

	private void note(ProjectId project, String fingerprint, String change, String actor, @Nullable String credential,
			@Nullable String note) {
		this.jdbc.sql("""
				insert into incidents.problem_event (project_id, fingerprint, change, actor, credential, note)
				values (:project, :fingerprint, :change, :actor, :credential, :note)
				""")
			.param("project", project.value())
			.param("fingerprint", fingerprint)
			.param("change", change)
			.param("actor", actor)
			.param("credential", credential)
			.param("note", note)
			.update();
	}

	private static OffsetDateTime utc(Instant time) {
		return time.atOffset(ZoneOffset.UTC);
	}

}
