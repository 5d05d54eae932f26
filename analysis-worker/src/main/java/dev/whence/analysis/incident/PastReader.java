package dev.whence.analysis.incident;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.whence.analysis.grouping.CallGraph;
import dev.whence.analysis.grouping.Member;
import dev.whence.analysis.problem.ProblemStates;
import dev.whence.analysis.trace.FailedTrace;
import dev.whence.analysis.trace.TimeAround;
import dev.whence.model.Problem;
import dev.whence.model.ProblemSubject;
import dev.whence.model.ProjectId;
import dev.whence.model.Severity;
import dev.whence.model.Signal;
import dev.whence.model.TraceId;
import dev.whence.store.SignalReader;
import dev.whence.store.StoredSubject;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads what incidents were made of, for trying other rules on it. Never writes: the
 * database refuses it. Every query has a limit; what is beyond is left out, and
 * {@link Past#truncated()} says so.
 */
@Component
public class PastReader {

	/** More incidents than this nobody compares. */
	static final int MAX_INCIDENTS = 500;

	/** Rows of members; grouping so many takes a second or two. */
	static final int MAX_ROWS = 20_000;

	/** As many as grouping itself looks at. */
	static final int MAX_FIRINGS = 3_000;

	/** The subjects of all projects among which those without an incident are sought. */
	static final int MAX_SUBJECTS = 20_000;

	/** Each subject that no incident has costs two queries, a trace three. */
	static final int MAX_LOOSE = 1_000;

	/** The same for problems without a trace, whose silences must be looked up. */
	static final int MAX_CUT = 500;

	private static final int MAX_PROBLEMS = 2_000;

	private static final int MAX_SIGNALS = 5_000;

	private final JdbcClient jdbc;

	private final SignalReader signals;

	private final ProblemStates problems;

	private final Neighbourhood neighbourhood;

	private final Calls calls;

	private final IncidentProperties properties;

	PastReader(JdbcClient jdbc, SignalReader signals, ProblemStates problems, Neighbourhood neighbourhood, Calls calls,
			IncidentProperties properties) {
		this.jdbc = jdbc;
		this.signals = signals;
		this.problems = problems;
		this.neighbourhood = neighbourhood;
		this.calls = calls;
		this.properties = properties;
	}

	/** The rules by which incidents are formed now. */
	public FormingRules rules() {
		return this.properties.rules();
	}

	/**
	 * What went on between two times, all of one moment.
	 * @param tried the rules that are to be tried on it
	 */
	@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
	public Past read(ProjectId project, Instant from, Instant to, FormingRules tried) {
		return new Reading(project, from, to, tried).past();
	}

	/** One reading. */
	private final class Reading {

		private final ProjectId project;

		private final Instant from;

		private final Instant to;

		private final FormingRules tried;

		private boolean truncated;

		Reading(ProjectId project, Instant from, Instant to, FormingRules tried) {
			this.project = project;
			this.from = from;
			this.to = to;
			this.tried = tried;
		}

		Past past() {
			List<PastIncident> incidents = incidents();
			UUID[] ids = incidents.stream().map(PastIncident::id).toArray(UUID[]::new);
			List<Trouble> troubles = new ArrayList<>(cutAtSilences(signals(ids)));
			troubles.addAll(firings(ids));
			troubles.addAll(looseSignals());
			Set<UUID> known = new HashSet<>();
			troubles.stream().map(Trouble::home).filter((home) -> home != null).forEach(known::add);
			return new Past(incidents.stream()
				.filter((incident) -> known.contains(incident.id()))
				.sorted(Comparator.comparing(PastIncident::firstSeen).thenComparing(PastIncident::id))
				.toList(), troubles, before(troubles), calls(troubles), this.truncated);
		}

		private List<PastIncident> incidents() {
			return within(MAX_INCIDENTS, PastReader.this.jdbc.sql("""
					select id, title, severity, detected_at, first_seen, last_seen, affected_services
					from incidents.incident
					where project_id = :project and last_seen >= :from and first_seen <= :to and status <> 'MERGED'
					order by last_seen desc, id limit :limit
					""")
				.param("project", this.project.value())
				.param("from", utc(this.from))
				.param("to", utc(this.to))
				.param("limit", MAX_INCIDENTS + 1)
				.query((rs, _) -> new PastIncident(rs.getObject("id", UUID.class), rs.getString("title"),
						Severity.valueOf(rs.getString("severity")), instant(rs, "detected_at"),
						instant(rs, "first_seen"), instant(rs, "last_seen"),
						List.of((String[]) rs.getArray("affected_services").getArray())))
				.list());
		}

		private List<Trouble> signals(UUID[] incidents) {
			Map<String, List<SignalRow>> rows = within(MAX_ROWS, PastReader.this.jdbc.sql("""
					select m.incident_id, m.subject, s.pinned, m.fingerprint, m.service, m.title, m.severity, m.origin,
					       m.signals, m.first_seen, m.last_seen
					from incidents.incident_member m
					join incidents.incident_subject s on s.incident_id = m.incident_id and s.subject = m.subject
					where m.incident_id = any(:incidents) and m.project_id = :project
					  and m.subject not like 'OBSERVATION:%'
					order by m.last_seen desc, m.incident_id, m.subject, m.fingerprint limit :limit
					""")
				.param("incidents", incidents)
				.param("project", this.project.value())
				.param("limit", MAX_ROWS + 1)
				.query((rs, _) -> new SignalRow(rs.getObject("incident_id", UUID.class), rs.getString("subject"),
						rs.getBoolean("pinned"),
						new MemberRow(rs.getString("fingerprint"), rs.getString("service"), rs.getString("title"),
								Severity.valueOf(rs.getString("severity")), rs.getBoolean("origin"),
								rs.getLong("signals"), instant(rs, "first_seen"), instant(rs, "last_seen"))))
				.list()).stream()
				.collect(Collectors.groupingBy((row) -> row.subject() + "@" + row.incident(), LinkedHashMap::new,
						Collectors.toList()));
			return rows.entrySet().stream().map((entry) -> {
				SignalRow first = entry.getValue().getFirst();
				return new Trouble(entry.getKey(), ProblemSubject.parse(first.subject()), first.incident(),
						first.pinned(), false, false, entry.getValue().stream().map(SignalRow::row).toList());
			}).toList();
		}

		// Trouble without a trace is kept from its first to its last signal; a smaller
		// gap
		// would have cut it at silences that only the store knows.
		private List<Trouble> cutAtSilences(List<Trouble> troubles) {
			if (this.tried.gap().compareTo(rules().gap()) >= 0) {
				return troubles;
			}
			List<Trouble> cut = new ArrayList<>();
			int asked = 0;
			for (Trouble trouble : troubles) {
				if (trouble.subject().kind() != ProblemSubject.Kind.FINGERPRINT || isShort(trouble)) {
					cut.add(trouble);
				}
				else if (asked++ < MAX_CUT) {
					cut.addAll(bursts(trouble));
				}
				else {
					this.truncated = true;
					cut.add(trouble);
				}
			}
			return cut;
		}

		private boolean isShort(Trouble trouble) {
			Member member = trouble.member(false);
			return !member.end().isAfter(member.start().plus(this.tried.gap()));
		}

		private List<Trouble> bursts(Trouble trouble) {
			Member member = trouble.member(false);
			List<Problem> problems = problems(trouble.subject(), member.start(), member.end(), rules());
			// What has another clock than ours is not where it was put.
			if (problems.isEmpty() || !problems.getFirst().timestamp().equals(member.start())) {
				return List.of(trouble);
			}
			List<Trouble> bursts = new ArrayList<>();
			for (List<Problem> burst : Bursts.split(problems, this.tried.gap())) {
				bursts.add(new Trouble(trouble.id() + "#" + bursts.size(), trouble.subject(), trouble.home(),
						trouble.pinned(), false, false, MemberRow.of(burst, services(burst))));
			}
			return bursts;
		}

		private List<Trouble> firings(UUID[] incidents) {
			return within(MAX_FIRINGS, PastReader.this.jdbc.sql("""
					select o.id, o.fingerprint, o.service, o.title, o.severity, o.starts_at, o.ends_at, o.received_at,
					       jsonb_exists(o.annotations, 'message') as of_log, i.incident_id,
					       coalesce(s.pinned, false) as pinned
					from incidents.observation o
					left join incidents.observation_incident i on i.observation_id = o.id
					left join incidents.incident_subject s
					       on s.incident_id = i.incident_id and s.subject = 'OBSERVATION:' || o.fingerprint
					where o.project_id = :project
					  and (i.incident_id = any(:incidents)
					       or (i.incident_id is null and o.starts_at between :from and :to and o.severity = any(:loose)
					           and not exists (select 1 from incidents.problem_state p
					                           where p.project_id = o.project_id and p.fingerprint = o.fingerprint
					                             and p.ignored_at is not null)))
					order by o.starts_at desc, o.id desc limit :limit
					""")
				.param("project", this.project.value())
				.param("incidents", incidents)
				.param("from", utc(this.from))
				.param("to", utc(this.to))
				.param("loose",
						Arrays.stream(Severity.values())
							.filter(this::isNewlyAdmitted)
							.map(Enum::name)
							.toArray(String[]::new))
				.param("limit", MAX_FIRINGS + 1)
				.query((rs, _) -> fired(rs))
				.list());
		}

		private static ProblemSubject observation(String fingerprint) {
			return new ProblemSubject(ProblemSubject.Kind.OBSERVATION, fingerprint);
		}

		private Trouble fired(ResultSet rs) throws SQLException {
			Clocks clocks = PastReader.this.properties.clocks();
			Instant said = instant(rs, "starts_at");
			Instant received = instant(rs, "received_at");
			Instant at = clocks.place(said, received);
			OffsetDateTime ends = rs.getObject("ends_at", OffsetDateTime.class);
			Instant end = (ends != null && clocks.isBelieved(said, received)) ? ends.toInstant() : at;
			String fingerprint = rs.getString("fingerprint");
			return new Trouble(fingerprint + "@" + said, observation(fingerprint),
					rs.getObject("incident_id", UUID.class), rs.getBoolean("pinned"), true, !rs.getBoolean("of_log"),
					List.of(new MemberRow(fingerprint, rs.getString("service"), rs.getString("title"),
							Severity.valueOf(rs.getString("severity")), true, 1, at, end.isBefore(at) ? at : end)));
		}

		/** What the rules that are tried admit, but those of today do not. */
		private List<Trouble> looseSignals() {
			if (Arrays.stream(Severity.values()).noneMatch(this::isNewlyAdmitted)) {
				return List.of();
			}
			List<ProblemSubject> subjects = within(MAX_SUBJECTS,
					PastReader.this.signals.subjectsStoredSince(this.from, MAX_SUBJECTS + 1))
				.stream()
				.filter((stored) -> stored.project().equals(this.project))
				.map(StoredSubject::subject)
				.toList();
			Set<String> grouped = grouped(subjects);
			return within(MAX_LOOSE,
					subjects.stream().filter((subject) -> !grouped.contains(subject.toString())).toList())
				.stream()
				.flatMap((subject) -> loose(subject).stream())
				.toList();
		}

		private Set<String> grouped(Collection<ProblemSubject> subjects) {
			return new HashSet<>(PastReader.this.jdbc.sql("""
					select distinct subject from incidents.incident_subject
					where project_id = :project and subject = any(:subjects)
					""")
				.param("project", this.project.value())
				.param("subjects", subjects.stream().map(ProblemSubject::toString).toArray(String[]::new))
				.query(String.class)
				.list());
		}

		private List<Trouble> loose(ProblemSubject subject) {
			List<Problem> problems = problems(subject, this.from, this.to, this.tried);
			Set<String> ignored = PastReader.this.problems.ignored(this.project,
					problems.stream().map(Problem::fingerprint).collect(Collectors.toSet()));
			problems = problems.stream().filter((problem) -> !ignored.contains(problem.fingerprint())).toList();
			// What today's rules admit is about to be grouped.
			if (!problems.stream().map(Problem::severity).allMatch(this::isNewlyAdmitted)) {
				return List.of();
			}
			boolean isTrace = subject.kind() == ProblemSubject.Kind.TRACE;
			Set<String> origins = isTrace ? origins(subject, problems) : services(problems);
			List<Trouble> bursts = new ArrayList<>();
			for (List<Problem> burst : isTrace ? List.of(problems) : Bursts.split(problems, this.tried.gap())) {
				if (!burst.isEmpty()) {
					bursts.add(new Trouble(subject + "#" + bursts.size(), subject, null, false, false, false,
							MemberRow.of(burst, origins)));
				}
			}
			return bursts;
		}

		private Set<String> origins(ProblemSubject trace, List<Problem> problems) {
			Set<String> services = services(problems);
			if (services.size() <= 1) {
				return services;
			}
			TimeAround time = TimeAround.of(problems);
			List<Signal> all = within(MAX_SIGNALS, PastReader.this.signals.ofTraces(this.project,
					List.of(new TraceId(trace.value())), time.from(), time.to(), MAX_SIGNALS + 1));
			return FailedTrace.of(trace.value(), all, problems).origins();
		}

		private List<Problem> problems(ProblemSubject subject, Instant first, Instant last, FormingRules rules) {
			return within(MAX_PROBLEMS,
					PastReader.this.signals.problems(this.project, subject, first, last, MAX_PROBLEMS + 1))
				.stream()
				.filter(rules::admits)
				.toList();
		}

		private boolean isNewlyAdmitted(Severity severity) {
			return severity.isAtLeast(this.tried.opensFrom()) && !severity.isAtLeast(rules().opensFrom());
		}

		private List<Member> before(List<Trouble> troubles) {
			return troubles.stream()
				.filter(Trouble::alert)
				.map((trouble) -> trouble.member(false).start())
				.min(Comparator.naturalOrder())
				.map((first) -> PastReader.this.neighbourhood.before(this.project, first))
				.orElse(List.of());
		}

		private CallGraph calls(List<Trouble> troubles) {
			Set<String> services = troubles.stream()
				.flatMap((trouble) -> trouble.member(false).services().stream())
				.collect(Collectors.toSet());
			return PastReader.this.calls.around(this.project, services, Math.max(rules().reach(), this.tried.reach()));
		}

		private <T> List<T> within(int limit, List<T> found) {
			this.truncated |= found.size() > limit;
			return (found.size() > limit) ? found.subList(0, limit) : found;
		}

	}

	private static Set<String> services(List<Problem> problems) {
		return problems.stream().map(Problem::serviceName).collect(Collectors.toSet());
	}

	private static Instant instant(ResultSet row, String column) throws SQLException {
		return row.getObject(column, OffsetDateTime.class).toInstant();
	}

	private static OffsetDateTime utc(Instant time) {
		return time.atOffset(ZoneOffset.UTC);
	}

	private record SignalRow(UUID incident, String subject, boolean pinned, MemberRow row) {
	}

}
