package dev.whence.analysis.incident;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.whence.analysis.job.Claim;
import dev.whence.analysis.job.JobHandler;
import dev.whence.analysis.job.JobKind;
import dev.whence.analysis.job.JobQueue;
import dev.whence.analysis.trace.FailedTrace;
import dev.whence.model.AnalysisRequested;
import dev.whence.model.Problem;
import dev.whence.model.ProblemSubject;
import dev.whence.model.ProjectId;
import dev.whence.model.Severity;
import dev.whence.model.Signal;
import dev.whence.model.TraceId;
import dev.whence.store.OutboxRelay;
import dev.whence.store.SignalReader;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Brings the incident of a dirty subject up to date. Everything is computed from the
 * stored problems, so running it twice, late or in another order gives the same incident.
 * One case is left: two incidents that a late trace shows to be one are not merged; the
 * trace joins the newer.
 */
@Component
class IncidentGrouping implements JobHandler {

	/** More problems of one subject than this add nothing that a person could use. */
	private static final int MAX_PROBLEMS = 5_000;

	/** A trace with more signals is counted as having this many. */
	private static final int MAX_SIGNALS = 10_000;

	private final SignalReader signals;

	private final IncidentRepository incidents;

	private final IncidentMembers members;

	private final IncidentHistory history;

	private final JobQueue queue;

	private final OutboxRelay relay;

	private final IncidentProperties properties;

	private final TransactionOperations transactions;

	private final InstantSource clock;

	IncidentGrouping(SignalReader signals, IncidentRepository incidents, IncidentMembers members,
			IncidentHistory history, JobQueue queue, OutboxRelay relay, IncidentProperties properties,
			TransactionOperations transactions, InstantSource clock) {
		this.signals = signals;
		this.incidents = incidents;
		this.members = members;
		this.history = history;
		this.queue = queue;
		this.relay = relay;
		this.properties = properties;
		this.transactions = transactions;
		this.clock = clock;
	}

	@Override
	public JobKind kind() {
		return JobKind.GROUP;
	}

	@Override
	public void run(Claim claim) {
		ProblemSubject subject = ProblemSubject.parse(claim.subject());
		this.transactions.executeWithoutResult((status) -> {
			this.members.lock(claim.project());
			if (!this.queue.finish(claim, claim.wantedVersion())) {
				status.setRollbackOnly();
				return;
			}
			group(claim.project(), subject);
		});
		this.relay.wake();
	}

	private void group(ProjectId project, ProblemSubject subject) {
		List<Problem> problems = stored(project, subject).stream()
			.filter((problem) -> problem.severity().isAtLeast(this.properties.opensFrom()))
			.toList();
		if (problems.isEmpty()) {
			return;
		}
		switch (subject.kind()) {
			case TRACE -> {
				List<Signal> trace = this.signals.ofTraces(project, List.of(new TraceId(subject.value())), MAX_SIGNALS);
				group(project, subject, problems, FailedTrace.of(subject.value(), trace, problems).origins(),
						trace.size());
			}
			case OBSERVATION, FINGERPRINT -> {
				for (List<Problem> burst : Bursts.split(problems, this.properties.gap())) {
					group(project, subject, burst, services(burst), burst.size());
				}
			}
		}
	}

	// A trace ends, and its oldest problems tell the most. A fingerprint goes on for
	// ever:
	// its oldest problems are in incidents that nobody looks at any more.
	private List<Problem> stored(ProjectId project, ProblemSubject subject) {
		return switch (subject.kind()) {
			case TRACE -> this.signals.problems(project, subject, MAX_PROBLEMS);
			case OBSERVATION, FINGERPRINT -> this.signals.latestProblems(project, subject, MAX_PROBLEMS);
		};
	}

	/**
	 * @param origins the services in which the trouble began; what the others show are
	 * symptoms, which different faults share
	 */
	private void group(ProjectId project, ProblemSubject subject, List<Problem> problems, Set<String> origins,
			long signalCount) {
		Optional<Membership> known = membership(project, subject, problems, origins);
		Incident incident = known.flatMap((membership) -> this.incidents.findById(membership.incidentId()))
			.orElseGet(() -> open(project, problems, origins));
		boolean isNew = known.isEmpty();
		Severity before = incident.severity();
		Instant latestBefore = incident.lastSeen();
		this.members.put(project, incident.id(), subject, problems, origins, signalCount,
				known.map(Membership::reason).orElse("opened the incident"));
		boolean changed = incident.absorb(this.members.content(incident.id()));
		// Late signals of old trouble are no regression.
		boolean reopened = incident.lastSeen().isAfter(latestBefore) && incident.moveToOpenAgain(this.clock.instant());
		if (!changed) {
			return;
		}
		this.incidents.saveAndFlush(incident);
		if (isNew) {
			this.history.record(incident, "opened", IncidentHistory.WHENCE, null);
		}
		else if (reopened) {
			this.history.record(incident, "reopened", IncidentHistory.WHENCE, "the trouble came back");
		}
		else if (incident.severity() != before) {
			this.history.record(incident, "escalated", IncidentHistory.WHENCE, "now " + incident.severity());
		}
		if (incident.severity().isAtLeast(this.properties.analysesFrom())) {
			this.queue.want(project, JobKind.ANALYSE, incident.id().toString(), incident.version(),
					this.properties.settle());
			this.history.announce(new AnalysisRequested(UUID.randomUUID(), this.clock.instant(), project, incident.id(),
					incident.version()));
		}
	}

	private Optional<Membership> membership(ProjectId project, ProblemSubject subject, List<Problem> problems,
			Set<String> origins) {
		Instant from = problems.getFirst().timestamp();
		Instant to = problems.getLast().timestamp();
		Set<String> fingerprints = problems.stream()
			.filter((problem) -> origins.contains(problem.serviceName()))
			.map(Problem::fingerprint)
			.collect(Collectors.toSet());
		return switch (subject.kind()) {
			case TRACE -> this.members.ofSubject(project, subject)
				.or(() -> this.members.byFingerprint(project, fingerprints, from, to, this.properties.gap()));
			case OBSERVATION, FINGERPRINT ->
				this.members.byFingerprint(project, fingerprints, from, to, this.properties.gap())
					.or(() -> this.members.byService(project, origins, from, to, this.properties.gap()));
		};
	}

	private static Set<String> services(List<Problem> problems) {
		return problems.stream().map(Problem::serviceName).collect(Collectors.toSet());
	}

	private Incident open(ProjectId project, List<Problem> problems, Set<String> origins) {
		Problem first = problems.stream()
			.filter((problem) -> origins.contains(problem.serviceName()))
			.max(Comparator.comparing(Problem::severity))
			.orElseGet(problems::getFirst);
		String trace = (first.traceId() != null) ? first.traceId().value() : "";
		return this.incidents.saveAndFlush(new Incident(project, trace, first.serviceName() + ": " + first.title(),
				this.clock.instant(), problems.getFirst().timestamp()));
	}

}
