package dev.whence.analysis.incident;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.whence.model.Problem;
import dev.whence.model.ProblemSubject;
import dev.whence.model.ProjectId;
import dev.whence.model.Severity;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What an incident is made of, in SQL: sets of rows that are looked up and replaced, not
 * aggregates.
 */
@Component
class IncidentMembers {

	private final JdbcClient jdbc;

	IncidentMembers(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Serialises grouping within a project until the transaction ends. */
	void lock(ProjectId project) {
		this.jdbc.sql("select pg_advisory_xact_lock(hashtext('whence.incident'), :project)")
			.param("project", project.value())
			.query((_, _) -> true)
			.single();
	}

	/** The newest incident that the subject is part of already. */
	Optional<Membership> ofSubject(ProjectId project, ProblemSubject subject) {
		return this.jdbc.sql("""
				select s.incident_id from incidents.incident_subject s join incidents.incident i on i.id = s.incident_id
				where s.project_id = :project and s.subject = :subject order by i.detected_at desc limit 1
				""")
			.param("project", project.value())
			.param("subject", subject.toString())
			.query((rs, _) -> new Membership(rs.getObject(1, UUID.class),
					(subject.kind() == ProblemSubject.Kind.TRACE) ? "same trace" : "same problem"))
			.optional();
	}

	/**
	 * The newest incident that shows one of the fingerprints within the gap around the
	 * time.
	 */
	Optional<Membership> byFingerprint(ProjectId project, Collection<String> fingerprints, Instant from, Instant to,
			Duration gap) {
		return this.jdbc.sql("""
				select m.incident_id, m.title from incidents.incident_member m
				join incidents.incident i on i.id = m.incident_id
				where m.project_id = :project and m.fingerprint = any(:fingerprints) and m.origin
				  and m.last_seen >= :from and m.first_seen <= :to
				order by i.detected_at desc limit 1
				""")
			.param("project", project.value())
			.param("fingerprints", fingerprints.toArray(String[]::new))
			.param("from", utc(from.minus(gap)))
			.param("to", utc(to.plus(gap)))
			.query((rs, _) -> new Membership(rs.getObject(1, UUID.class), "same problem: " + rs.getString(2)))
			.optional();
	}

	/** The newest incident in which one of the services has a problem within the gap. */
	Optional<Membership> byService(ProjectId project, Collection<String> services, Instant from, Instant to,
			Duration gap) {
		return this.jdbc.sql("""
				select m.incident_id, m.service from incidents.incident_member m
				join incidents.incident i on i.id = m.incident_id
				where m.project_id = :project and m.service = any(:services) and m.origin
				  and m.last_seen >= :from and m.first_seen <= :to
				order by i.detected_at desc limit 1
				""")
			.param("project", project.value())
			.param("services", services.toArray(String[]::new))
			.param("from", utc(from.minus(gap)))
			.param("to", utc(to.plus(gap)))
			.query((rs, _) -> new Membership(rs.getObject(1, UUID.class),
					"same service at the same time: " + rs.getString(2)))
			.optional();
	}

	/** Sets what the subject contributes to the incident. */
	void put(ProjectId project, UUID incident, ProblemSubject subject, List<Problem> problems, Set<String> origins,
			long signals, String reason) {
		this.jdbc.sql("""
				insert into incidents.incident_subject (incident_id, project_id, subject, signal_count)
				values (:incident, :project, :subject, :signals)
				on conflict (incident_id, subject)
				do update set signal_count = greatest(incident_subject.signal_count, excluded.signal_count)
				""")
			.param("incident", incident)
			.param("project", project.value())
			.param("subject", subject.toString())
			.param("signals", signals)
			.update();
		Map<String, List<Problem>> byFingerprint = problems.stream()
			.collect(Collectors.groupingBy(Problem::fingerprint));
		byFingerprint.forEach((fingerprint, same) -> putMember(project, incident, subject, fingerprint, same,
				origins.contains(same.getFirst().serviceName()), reason));
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
					Set.of((String[]) rs.getArray("services").getArray()), rs.getLong("signals"),
					rs.getObject("first_seen", OffsetDateTime.class).toInstant(),
					rs.getObject("last_seen", OffsetDateTime.class).toInstant()))
			.single();
	}

	/** The subjects of an incident, in the order in which their trouble began. */
	List<ProblemSubject> subjects(UUID incident, int limit) {
		return this.jdbc.sql("""
				select s.subject, max(m.first_seen) as seen from incidents.incident_subject s
				join incidents.incident_member m on m.incident_id = s.incident_id and m.subject = s.subject
				where s.incident_id = :incident group by s.subject order by min(m.first_seen), s.subject limit :limit
				""")
			.param("incident", incident)
			.param("limit", limit)
			.query((rs, _) -> ProblemSubject.parse(rs.getString(1)))
			.list();
	}

	private void putMember(ProjectId project, UUID incident, ProblemSubject subject, String fingerprint,
			List<Problem> same, boolean origin, String reason) {
		Problem gravest = same.stream().max(Comparator.comparing(Problem::severity)).orElseThrow();
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
			.param("fingerprint", fingerprint)
			.param("service", gravest.serviceName())
			.param("title", gravest.title())
			.param("severity", gravest.severity().name())
			.param("origin", origin)
			.param("signals", same.size())
			.param("first", utc(same.getFirst().timestamp()))
			.param("last", utc(same.getLast().timestamp()))
			.param("reason", reason)
			.update();
	}

	private static OffsetDateTime utc(Instant time) {
		return time.atOffset(ZoneOffset.UTC);
	}

}
