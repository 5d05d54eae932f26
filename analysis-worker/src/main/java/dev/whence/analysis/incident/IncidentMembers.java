package dev.whence.analysis.incident;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.whence.model.ProblemSubject;
import dev.whence.model.ProjectId;
import dev.whence.model.Severity;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What an incident is made of, in SQL: sets of rows that are looked up and replaced, not
 * aggregates.
 */
@Component
class IncidentMembers {

	private final JdbcClient jdbc;

	private final JsonMapper json;

	IncidentMembers(JdbcClient jdbc, JsonMapper json) {
		this.jdbc = jdbc;
		this.json = json;
	}

	/** Serialises grouping within a project until the transaction ends. */
	void lock(ProjectId project) {
		this.jdbc.sql("select pg_advisory_xact_lock(hashtext('whence.incident'), :project)")
			.param("project", project.value())
			.query((_, _) -> true)
			.single();
	}

	/** Where the subject is already, one entry for each incident. */
	List<Place> places(ProjectId project, ProblemSubject subject) {
		return this.jdbc
			.sql("""
					select m.incident_id, s.pinned, s.signal_count, sum(m.signals) as shown, min(m.first_seen) as first_seen,
					       max(m.last_seen) as last_seen, i.status in ('RESOLVED', 'CLOSED') as settled,
					       (array['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'])[max(array_position(
					           array['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'], m.severity))] as severity
					from incidents.incident_member m
					join incidents.incident_subject s on s.incident_id = m.incident_id and s.subject = m.subject
					join incidents.incident i on i.id = m.incident_id
					where s.project_id = :project and s.subject = :subject
					group by m.incident_id, s.pinned, s.signal_count, i.status
					order by first_seen, incident_id
					""")
			.param("project", project.value())
			.param("subject", subject.toString())
			.query((rs, _) -> new Place(rs.getObject("incident_id", UUID.class), rs.getBoolean("pinned"),
					rs.getBoolean("settled"), rs.getLong("signal_count"), rs.getLong("shown"),
					Severity.valueOf(rs.getString("severity")),
					rs.getObject("first_seen", OffsetDateTime.class).toInstant(),
					rs.getObject("last_seen", OffsetDateTime.class).toInstant()))
			.list();
	}

	/**
	 * The resolved incident to which trouble belongs that began at that time: one that
	 * was not resolved yet, else the one resolved last before.
	 */
	Optional<UUID> settledWith(ProjectId project, Collection<String> fingerprints, Instant since) {
		return this.jdbc.sql("""
				select i.id from incidents.incident i
				where i.project_id = :project and i.status in ('RESOLVED', 'CLOSED') and i.resolved_at is not null
				  and exists (select 1 from incidents.incident_member m
				              where m.incident_id = i.id and m.project_id = :project and m.origin
				                and m.fingerprint = any(:fingerprints))
				order by i.resolved_at < :since, abs(extract(epoch from i.resolved_at - :since)), i.id limit 1
				""")
			.param("project", project.value())
			.param("fingerprints", fingerprints.toArray(String[]::new))
			.param("since", utc(since))
			.query(UUID.class)
			.optional();
	}

	/** Whether trouble began in one of the services of the incident within the time. */
	boolean beganIn(UUID incident, Collection<String> services, Instant from, Instant to) {
		return this.jdbc.sql("""
				select exists (select 1 from incidents.incident_member m
				               join incidents.incident i on i.id = m.incident_id
				               where m.incident_id = :incident and m.service = any(:services) and m.origin
				                 and m.project_id = i.project_id and m.last_seen >= :from and m.first_seen <= :to)
				""")
			.param("incident", incident)
			.param("services", services.toArray(String[]::new))
			.param("from", utc(from))
			.param("to", utc(to))
			.query(Boolean.class)
			.single();
	}

	/** Which of the problems the incident shows already. */
	Set<String> known(UUID incident, Collection<String> fingerprints) {
		return Set.copyOf(this.jdbc.sql("""
				select distinct fingerprint from incidents.incident_member
				where incident_id = :incident and fingerprint = any(:fingerprints)
				""")
			.param("incident", incident)
			.param("fingerprints", fingerprints.toArray(String[]::new))
			.query(String.class)
			.list());
	}

	/** Takes a subject out of an incident. */
	void remove(UUID incident, ProblemSubject subject) {
		for (String table : List.of("incident_member", "incident_subject")) {
			this.jdbc.sql("delete from incidents." + table + " where incident_id = :incident and subject = :subject")
				.param("incident", incident)
				.param("subject", subject.toString())
				.update();
		}
	}

	boolean isEmpty(UUID incident) {
		return this.jdbc
			.sql("select not exists (select 1 from incidents.incident_subject where incident_id = :incident)")
			.param("incident", incident)
			.query(Boolean.class)
			.single();
	}

	/**
	 * Sets what the subject contributes to the incident. Why it is there is kept from the
	 * first time.
	 */
	void put(ProjectId project, UUID incident, ProblemSubject subject, List<MemberRow> rows, long signals, Why why) {
		this.jdbc.sql("""
				insert into incidents.incident_subject (incident_id, project_id, subject, signal_count, rule, matched,
				                                        reason)
				values (:incident, :project, :subject, :signals, :rule, :matched::jsonb, :reason)
				on conflict (incident_id, subject) do update set signal_count = excluded.signal_count
				""")
			.param("incident", incident)
			.param("project", project.value())
			.param("subject", subject.toString())
			.param("signals", signals)
			.param("rule", why.rule())
			.param("matched", this.json.writeValueAsString(why.matched()))
			.param("reason", why.reason())
			.update();
		rows.forEach((row) -> put(project, incident, subject, row, why.reason()));
	}

	/**
	 * Moves subjects from one incident to another. What is there already is joined.
	 * @param pinned whether they must stay there whatever grouping would say
	 */
	void move(ProjectId project, Collection<ProblemSubject> subjects, UUID from, UUID to, boolean pinned, Why why) {
		this.jdbc.sql("""
				with moved as (
				    delete from incidents.incident_subject
				    where incident_id = :from and project_id = :project and subject = any(:subjects)
				    returning subject, signal_count)
				insert into incidents.incident_subject (incident_id, project_id, subject, signal_count, pinned, rule,
				                                        matched, reason)
				select :to, :project, subject, signal_count, :pinned, :rule, :matched::jsonb, :reason from moved
				on conflict (incident_id, subject) do update
				set signal_count = incident_subject.signal_count + excluded.signal_count,
				    pinned = incident_subject.pinned or excluded.pinned
				""")
			.param("from", from)
			.param("to", to)
			.param("project", project.value())
			.param("subjects", texts(subjects))
			.param("pinned", pinned)
			.param("rule", why.rule())
			.param("matched", this.json.writeValueAsString(why.matched()))
			.param("reason", why.reason())
			.update();
		this.jdbc.sql("""
				with moved as (
				    delete from incidents.incident_member
				    where incident_id = :from and project_id = :project and subject = any(:subjects)
				    returning *)
				insert into incidents.incident_member (incident_id, project_id, subject, fingerprint, service, title,
				                                       severity, origin, signals, first_seen, last_seen, reason)
				select :to, project_id, subject, fingerprint, service, title, severity, origin, signals, first_seen,
				       last_seen, :reason from moved
				on conflict (incident_id, subject, fingerprint) do update
				set signals = incident_member.signals + excluded.signals,
				    first_seen = least(incident_member.first_seen, excluded.first_seen),
				    last_seen = greatest(incident_member.last_seen, excluded.last_seen)
				""")
			.param("from", from)
			.param("to", to)
			.param("project", project.value())
			.param("subjects", texts(subjects))
			.param("reason", why.reason())
			.update();
		this.jdbc.sql("""
				update incidents.observation_incident set incident_id = :to
				where incident_id = :from and observation_id in (
				    select id from incidents.observation
				    where project_id = :project and 'OBSERVATION:' || fingerprint = any(:subjects))
				""")
			.param("from", from)
			.param("to", to)
			.param("project", project.value())
			.param("subjects", texts(subjects))
			.update();
	}

	/** Makes everything the incident has now stay where it is. */
	void pin(UUID incident) {
		this.jdbc.sql("update incidents.incident_subject set pinned = true where incident_id = :incident")
			.param("incident", incident)
			.update();
	}

	/** What all subjects of the incident add up to. */
	IncidentContent content(UUID incident) {
		return this.jdbc.sql("""
				select array_agg(distinct severity) as severities, array_agg(distinct service) as services,
				       min(first_seen) as first_seen, max(last_seen) as last_seen,
				       (select sum(signal_count) from incidents.incident_subject s where s.incident_id = :incident)
				       as signals
				from incidents.incident_member where incident_id = :incident
				""")
			.param("incident", incident)
			.query((rs, _) -> new IncidentContent(
					Arrays.stream((String[]) rs.getArray("severities").getArray())
						.map(Severity::valueOf)
						.max(Comparator.naturalOrder())
						.orElse(Severity.LOW),
					Arrays.stream((String[]) rs.getArray("services").getArray())
						.filter((service) -> !service.isEmpty())
						.collect(Collectors.toSet()),
					rs.getLong("signals"), rs.getObject("first_seen", OffsetDateTime.class).toInstant(),
					rs.getObject("last_seen", OffsetDateTime.class).toInstant()))
			.single();
	}

	/** Whether an alert or a detected deviation is part of the incident. */
	boolean hasObservations(UUID incident) {
		return this.jdbc.sql("""
				select exists (select from incidents.incident_subject
				               where incident_id = :incident and subject like 'OBSERVATION:%')
				""").param("incident", incident).query(Boolean.class).single();
	}

	/** The subjects of an incident, in the order in which their trouble began. */
	List<ProblemSubject> subjects(UUID incident, int limit) {
		return subjects(incident, OffsetDateTime.MIN, OffsetDateTime.MAX, limit);
	}

	/** The same for those that went on in a range of time. */
	List<ProblemSubject> subjects(UUID incident, Instant from, Instant to, int limit) {
		return subjects(incident, from.atOffset(ZoneOffset.UTC), to.atOffset(ZoneOffset.UTC), limit);
	}

	private List<ProblemSubject> subjects(UUID incident, OffsetDateTime from, OffsetDateTime to, int limit) {
		return this.jdbc.sql("""
				select subject from incidents.incident_member
				where incident_id = :incident and first_seen <= :to and last_seen >= :from
				group by subject order by min(first_seen), subject limit :limit
				""")
			.param("incident", incident)
			.param("from", from)
			.param("to", to)
			.param("limit", limit)
			.query((rs, _) -> ProblemSubject.parse(rs.getString(1)))
			.list();
	}

	/** What to call an incident of these subjects: its gravest trouble, origins first. */
	String title(UUID incident, Collection<ProblemSubject> subjects) {
		return this.jdbc
			.sql("""
					select service, title from incidents.incident_member where incident_id = :incident and subject = any(:subjects)
					order by origin desc, array_position(array['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'], severity),
					         first_seen, subject, fingerprint limit 1
					""")
			.param("incident", incident)
			.param("subjects", texts(subjects))
			.query((rs, _) -> MemberRow.headline(rs.getString(1), rs.getString(2)))
			.single();
	}

	private void put(ProjectId project, UUID incident, ProblemSubject subject, MemberRow row, String reason) {
		this.jdbc.sql("""
				insert into incidents.incident_member (incident_id, project_id, subject, fingerprint, service, title,
				                                       severity, origin, signals, first_seen, last_seen, reason)
				values (:incident, :project, :subject, :fingerprint, :service, :title, :severity, :origin, :signals,
				        :first, :last, :reason)
				on conflict (incident_id, subject, fingerprint)
				do update set origin = excluded.origin, severity = excluded.severity, signals = excluded.signals,
				              first_seen = excluded.first_seen, last_seen = excluded.last_seen
				""")
			.param("incident", incident)
			.param("project", project.value())
			.param("subject", subject.toString())
			.param("fingerprint", row.fingerprint())
			.param("service", row.service())
			.param("title", row.title())
			.param("severity", row.severity().name())
			.param("origin", row.origin())
			.param("signals", row.signals())
			.param("first", utc(row.firstSeen()))
			.param("last", utc(row.lastSeen()))
			.param("reason", reason)
			.update();
	}

	private static String[] texts(Collection<ProblemSubject> subjects) {
		return subjects.stream().map(ProblemSubject::toString).toArray(String[]::new);
	}

	private static OffsetDateTime utc(Instant time) {
		return time.atOffset(ZoneOffset.UTC);
	}

	/**
	 * A subject in an incident.
	 *
	 * @param settled whether the incident is resolved or closed
	 * @param signals as {@link #put} was told
	 * @param shown how often its trouble showed
	 */
	record Place(UUID incident, boolean pinned, boolean settled, long signals, long shown, Severity severity,
			Instant first, Instant last) {
	}

}
