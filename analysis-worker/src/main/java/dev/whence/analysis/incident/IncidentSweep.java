package dev.whence.analysis.incident;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

import dev.whence.analysis.incident.IncidentHistory.Entry;
import dev.whence.analysis.problem.ProblemStates;
import dev.whence.model.ProjectId;
import dev.whence.support.wire.OutboxRelay;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Moves incidents when time passes: resolves those that have fallen quiet and wakes those
 * whose snooze ends. Quiet is measured on the database's clock, by when something joined
 * last: telemetry of last week that arrives now is not quiet, and telemetry of next year
 * is not loud for a year. Any number of workers may sweep; each candidate is looked at
 * again under the project's lock.
 */
@Component
class IncidentSweep {

	private static final Logger log = LoggerFactory.getLogger(IncidentSweep.class);

	/** How many are handled in one sweep; the rest follows in the next. */
	private static final int LIMIT = 200;

	/**
	 * What is observed and has not ended is no quiet, however long nothing else is heard.
	 */
	private static final String QUIET = """
			select i.id, i.project_id from incidents.incident i
			where i.status in ('OPEN', 'INVESTIGATING', 'SNOOZED')
			  and i.active_at < now() - make_interval(secs => :quiet) %s
			  and not exists (select 1 from incidents.incident_subject s
			                  join incidents.observation o on o.project_id = s.project_id
			                   and o.fingerprint = substr(s.subject, 13) and o.ends_at is null
			                  where s.incident_id = i.id and s.subject like 'OBSERVATION:%%')
			order by i.active_at limit :limit
			""";

	private final JdbcClient jdbc;

	private final IncidentRepository incidents;

	private final IncidentMembers members;

	private final IncidentHistory history;

	private final ProblemStates problems;

	private final OutboxRelay relay;

	private final LifecycleProperties properties;

	private final TransactionOperations transactions;

	private final InstantSource clock;

	IncidentSweep(JdbcClient jdbc, IncidentRepository incidents, IncidentMembers members, IncidentHistory history,
			ProblemStates problems, OutboxRelay relay, LifecycleProperties properties,
			TransactionOperations transactions, InstantSource clock) {
		this.jdbc = jdbc;
		this.incidents = incidents;
		this.members = members;
		this.history = history;
		this.problems = problems;
		this.relay = relay;
		this.properties = properties;
		this.transactions = transactions;
		this.clock = clock;
	}

	@Scheduled(initialDelayString = "${whence.incident.lifecycle.sweep:15s}",
			fixedDelayString = "${whence.incident.lifecycle.sweep:15s}")
	void sweep() {
		try {
			boolean moved = wakeSnoozed() | resolveQuiet();
			if (moved) {
				this.relay.wake();
			}
		}
		catch (RuntimeException ex) {
			log.warn("The sweep over incidents failed and comes again: {}", ex.toString());
		}
	}

	private boolean resolveQuiet() {
		Duration quiet = this.properties.quiet();
		if (quiet.isZero()) {
			return false;
		}
		boolean moved = false;
		for (Candidate candidate : quiet(quiet, "", Map.of())) {
			moved |= locked(candidate, (incident) -> {
				Map<String, Object> itself = Map.of("id", incident.id());
				return !quiet(quiet, "and i.id = :id", itself).isEmpty() && resolve(incident, quiet);
			});
		}
		return moved;
	}

	private List<Candidate> quiet(Duration quiet, String condition, Map<String, Object> parameters) {
		return this.jdbc.sql(QUIET.formatted(condition))
			.param("quiet", quiet.toMillis() / 1000.0)
			.param("limit", LIMIT)
			.params(parameters)
			.query((rs, _) -> new Candidate(rs.getObject(1, UUID.class), new ProjectId(rs.getInt(2))))
			.list();
	}

	private boolean resolve(Incident incident, Duration quiet) {
		Instant now = now();
		incident.moveTo(IncidentStatus.RESOLVED, now);
		this.incidents.saveAndFlush(incident);
		this.problems.resolveAllOf(incident.project(), incident.id(), now, IncidentHistory.WHENCE, null);
		this.history.record(incident, new Entry("resolved", Author.WHENCE, "nothing was heard for " + inWords(quiet),
				Map.of("reason", "quiet"), incident.overSince(now)));
		return true;
	}

	private boolean wakeSnoozed() {
		List<Candidate> snoozed = this.jdbc.sql("""
				select id, project_id from incidents.incident
				where status = 'SNOOZED' and (snoozed_until <= now() or snooze_factor is not null)
				order by least(snooze_measured_at, snoozed_until), id limit :limit
				""")
			.param("limit", LIMIT)
			.query((rs, _) -> new Candidate(rs.getObject(1, UUID.class), new ProjectId(rs.getInt(2))))
			.list();
		boolean moved = false;
		for (Candidate candidate : snoozed) {
			moved |= locked(candidate, this::wakeIfDue);
		}
		return moved;
	}

	private boolean wakeIfDue(Incident incident) {
		Snooze snooze = incident.snooze();
		if (snooze == null) {
			return false;
		}
		Instant now = now();
		Optional<String> reason = snooze.endsBecause(now, incident.severity(), this.problems.kindsOf(incident.id()),
				incident.signals());
		if (reason.isPresent()) {
			incident.moveTo(IncidentStatus.OPEN, now);
			this.incidents.saveAndFlush(incident);
			this.history.record(incident, "woken", IncidentHistory.WHENCE, reason.get());
			return true;
		}
		if (snooze.isMeasurable(now)) {
			incident.measure(now);
			this.incidents.saveAndFlush(incident);
		}
		return false;
	}

	private boolean locked(Candidate candidate, Predicate<Incident> move) {
		return Boolean.TRUE.equals(this.transactions.execute((_) -> {
			this.members.lock(candidate.project());
			return this.incidents.findById(candidate.id()).filter(move).isPresent();
		}));
	}

	private Instant now() {
		return this.clock.instant();
	}

	private static String inWords(Duration duration) {
		return (duration.toSeconds() % 60 == 0) ? duration.toMinutes() + " minutes" : duration.toSeconds() + " seconds";
	}

	private record Candidate(UUID id, ProjectId project) {
	}

}
