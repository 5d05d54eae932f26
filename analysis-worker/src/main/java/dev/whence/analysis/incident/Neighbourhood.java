package dev.whence.analysis.incident;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.whence.analysis.grouping.Member;
import dev.whence.model.ProblemSubject;
import dev.whence.model.ProjectId;
import dev.whence.model.Severity;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was going on around a time, in SQL. */
@Component
class Neighbourhood {

	/** So many firings at once are one storm whatever the rest says. */
	private static final int MAX_FIRINGS = 3_000;

	/** Enough to learn how often alerts repeat. */
	private static final int MAX_LEARNED = 1_000;

	private static final String FIRINGS = """
			select o.id, o.fingerprint, o.service, o.title, o.starts_at, o.received_at,
			       jsonb_exists(o.annotations, 'message') as of_log, i.incident_id, coalesce(s.pinned, false) as pinned,
			       n.status in ('RESOLVED', 'CLOSED') as settled,
			       (i.starts_at, i.ends_at, i.severity) is distinct from (o.starts_at, o.ends_at, o.severity) as changed
			from incidents.observation o
			left join incidents.observation_incident i on i.observation_id = o.id
			left join incidents.incident n on n.id = i.incident_id
			left join incidents.incident_subject s
			       on s.incident_id = i.incident_id and s.subject = 'OBSERVATION:' || o.fingerprint
			where o.project_id = :project and o.severity = any(:severities)
			  and not exists (select 1 from incidents.problem_state p
			                  where p.project_id = o.project_id and p.fingerprint = o.fingerprint
			                    and p.ignored_at is not null)
			""";

	private final JdbcClient jdbc;

	private final String[] severities;

	private final Clocks clocks;

	Neighbourhood(JdbcClient jdbc, IncidentProperties properties) {
		this.jdbc = jdbc;
		this.severities = Arrays.stream(Severity.values())
			.filter((severity) -> severity.isAtLeast(properties.opensFrom()))
			.map(Enum::name)
			.toArray(String[]::new);
		this.clocks = properties.clocks();
	}

	/** The incidents that went on at any time of the range. */
	Set<UUID> incidents(ProjectId project, Instant from, Instant to) {
		return Set.copyOf(this.jdbc.sql("""
				select id from incidents.incident
				where project_id = :project and last_seen >= :from and first_seen <= :to and status <> 'MERGED'
				""")
			.param("project", project.value())
			.param("from", utc(from))
			.param("to", utc(to))
			.query(UUID.class)
			.list());
	}

	/** All signals of the incidents, except those of one subject. */
	List<Neighbour.Block> blocks(ProjectId project, Collection<UUID> incidents, ProblemSubject except) {
		return this.jdbc.sql("""
				with subject as (
				    select m.incident_id, m.subject, s.pinned, min(m.first_seen) as first_seen,
				           max(m.last_seen) as last_seen,
				           coalesce(array_agg(distinct m.service order by m.service) filter (where m.origin),
				                    array_agg(distinct m.service order by m.service)) as services,
				           coalesce(array_agg(distinct m.fingerprint) filter (where m.origin),
				                    array_agg(distinct m.fingerprint)) as problems
				    from incidents.incident_member m
				    join incidents.incident_subject s on s.incident_id = m.incident_id and s.subject = m.subject
				    where m.incident_id = any(:incidents) and m.project_id = :project and m.subject <> :except
				      and m.subject not like 'OBSERVATION:%'
				    group by m.incident_id, m.subject, s.pinned)
				select incident_id, pinned, services, min(first_seen) as first_seen, max(last_seen) as last_seen,
				       count(distinct subject) as weight, array_agg(distinct problem order by problem) as problems,
				       (select i.status in ('RESOLVED', 'CLOSED') from incidents.incident i where i.id = incident_id)
				       as settled
				from subject cross join unnest(problems) problem
				group by incident_id, pinned, services
				""")
			.param("incidents", incidents.toArray(UUID[]::new))
			.param("project", project.value())
			.param("except", except.toString())
			.query((rs, _) -> {
				UUID incident = rs.getObject("incident_id", UUID.class);
				String[] services = texts(rs.getArray("services"));
				boolean pinned = rs.getBoolean("pinned");
				String[] problems = texts(rs.getArray("problems"));
				// The incident comes last: its id is chance, and must decide nothing.
				String id = String.join(",", services) + ":" + String.join(",", problems) + ":" + pinned + ":"
						+ incident;
				return new Neighbour.Block(new Member(id, instant(rs, "first_seen"), instant(rs, "last_seen"),
						Arrays.stream(services).filter((service) -> !service.isEmpty()).collect(Collectors.toSet()),
						Set.of(problems), false, false, pin(incident, pinned || rs.getBoolean("settled"))), incident,
						services, pinned, rs.getLong("weight"));
			})
			.list();
	}

	/** The firings of the incidents and of the range, oldest first. */
	List<Neighbour.Fired> firings(ProjectId project, Collection<UUID> incidents, Instant from, Instant to) {
		return this.jdbc.sql("select * from (" + FIRINGS + """
				    and (i.incident_id = any(:incidents) or o.starts_at between :from and :to)
				    order by o.starts_at desc, o.id desc limit :limit) newest
				order by starts_at, id
				""")
			.param("project", project.value())
			.param("severities", this.severities)
			.param("incidents", incidents.toArray(UUID[]::new))
			.param("from", utc(from))
			.param("to", utc(to))
			.param("limit", MAX_FIRINGS)
			.query(this::fired)
			.list();
	}

	/** The firings of one observation that are not grouped as they are now. */
	List<Neighbour.Fired> changed(ProjectId project, ProblemSubject observation) {
		return this.jdbc.sql(FIRINGS + """
				  and o.fingerprint = :fingerprint
				  and (i.observation_id is null
				       or (i.starts_at, i.ends_at, i.severity) is distinct from (o.starts_at, o.ends_at, o.severity))
				order by o.starts_at, o.id limit :limit
				""")
			.param("project", project.value())
			.param("severities", this.severities)
			.param("fingerprint", observation.value())
			.param("limit", MAX_FIRINGS)
			.query(this::fired)
			.list();
	}

	/** Whether anything fired within the range that is in no incident yet. */
	boolean hasLooseFirings(ProjectId project, Instant from, Instant to) {
		return this.jdbc.sql("""
				select exists (select 1 from incidents.observation o
				               where o.project_id = :project and o.starts_at between :from and :to
				                 and o.severity = any(:severities)
				                 and not exists (select 1 from incidents.observation_incident i
				                                 where i.observation_id = o.id))
				""")
			.param("project", project.value())
			.param("severities", this.severities)
			.param("from", utc(from))
			.param("to", utc(to))
			.query(Boolean.class)
			.single();
	}

	/** The call that an alert is about. */
	Map<String, Set<String>> callOf(long firing) {
		return this.jdbc.sql("""
				select labels ->> 'caller', service from incidents.observation
				where id = :firing and labels ->> 'caller' <> '' and service <> '' and labels ->> 'caller' <> service
				""")
			.param("firing", firing)
			.query((rs, _) -> Map.of(rs.getString(1), Set.of(rs.getString(2))))
			.optional()
			.orElse(Map.of());
	}

	/** The last firings before a time, to learn from. */
	List<Member> before(ProjectId project, Instant time) {
		return this.jdbc.sql("select * from (" + FIRINGS + """
				    and o.starts_at < :time order by o.starts_at desc, o.id desc limit :limit) newest
				order by starts_at, id
				""")
			.param("project", project.value())
			.param("severities", this.severities)
			.param("time", utc(time))
			.param("limit", MAX_LEARNED)
			.query(this::fired)
			.list()
			.stream()
			.map(Neighbour.Fired::member)
			.toList();
	}

	/** Notes where firings belong, as they are now. */
	void assign(Collection<Long> firings, UUID incident) {
		this.jdbc.sql("""
				insert into incidents.observation_incident (observation_id, incident_id, starts_at, ends_at, severity)
				select id, :incident, starts_at, ends_at, severity from incidents.observation where id = any(:firings)
				on conflict (observation_id) do update
				set incident_id = excluded.incident_id, starts_at = excluded.starts_at, ends_at = excluded.ends_at,
				    severity = excluded.severity
				""").param("incident", incident).param("firings", firings.toArray(Long[]::new)).update();
	}

	/** What the firings of an observation in an incident add up to; empty without any. */
	Optional<MemberRow> summary(ProjectId project, UUID incident, ProblemSubject observation) {
		return this.jdbc.sql("""
				select o.service, o.title, o.severity, o.starts_at, o.received_at,
				       coalesce(o.ends_at, o.starts_at) as ends
				from incidents.observation o join incidents.observation_incident i on i.observation_id = o.id
				where o.project_id = :project and o.fingerprint = :fingerprint and i.incident_id = :incident
				""")
			.param("project", project.value())
			.param("fingerprint", observation.value())
			.param("incident", incident)
			.query((rs, _) -> {
				Instant start = this.clocks.place(instant(rs, "starts_at"), instant(rs, "received_at"));
				Instant end = this.clocks.isBelieved(instant(rs, "starts_at"), instant(rs, "received_at"))
						? instant(rs, "ends") : start;
				return new MemberRow(observation.value(), rs.getString("service"), rs.getString("title"),
						Severity.valueOf(rs.getString("severity")), true, 1, start, end);
			})
			.list()
			.stream()
			.reduce(MemberRow::plus);
	}

	/** The subjects of a block, to move them. */
	List<ProblemSubject> subjects(Neighbour.Block block) {
		return this.jdbc.sql("""
				select m.subject
				from incidents.incident_member m
				join incidents.incident_subject s on s.incident_id = m.incident_id and s.subject = m.subject
				where m.incident_id = :incident and s.pinned = :pinned and m.subject not like 'OBSERVATION:%'
				group by m.subject
				having coalesce(array_agg(distinct m.service order by m.service) filter (where m.origin),
				                array_agg(distinct m.service order by m.service)) = :services::text[]
				order by min(m.first_seen), m.subject
				""")
			.param("incident", block.home())
			.param("pinned", block.pinned())
			.param("services", block.services())
			.query((rs, _) -> ProblemSubject.parse(rs.getString(1)))
			.list();
	}

	private Neighbour.Fired fired(ResultSet rs, int number) throws SQLException {
		UUID incident = rs.getObject("incident_id", UUID.class);
		Instant said = instant(rs, "starts_at");
		Instant at = this.clocks.place(said, instant(rs, "received_at"));
		String service = rs.getString("service");
		String fingerprint = rs.getString("fingerprint");
		long id = rs.getLong("id");
		return new Neighbour.Fired(
				new Member(fingerprint + "@" + said, at, at, service.isEmpty() ? Set.of() : Set.of(service),
						Set.of(fingerprint), true, !rs.getBoolean("of_log"),
						(incident != null) ? pin(incident, rs.getBoolean("pinned") || rs.getBoolean("settled")) : null),
				incident, id, new ProblemSubject(ProblemSubject.Kind.OBSERVATION, fingerprint), rs.getString("title"),
				said.isBefore(at) ? said : at, rs.getBoolean("changed"));
	}

	// What is resolved stays as it is; new trouble may join it, but it joins nothing.
	private static @Nullable String pin(UUID incident, boolean stays) {
		return stays ? incident.toString() : null;
	}

	private static String[] texts(Array array) throws SQLException {
		return (String[]) array.getArray();
	}

	private static Instant instant(ResultSet row, String column) throws SQLException {
		return row.getObject(column, OffsetDateTime.class).toInstant();
	}

	private static OffsetDateTime utc(Instant time) {
		return time.atOffset(ZoneOffset.UTC);
	}

}
