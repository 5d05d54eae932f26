package dev.whence.analysis.incident;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.whence.analysis.job.Claim;
import dev.whence.analysis.job.JobHandler;
import dev.whence.analysis.job.JobKind;
import dev.whence.analysis.job.JobQueue;
import dev.whence.analysis.observation.Observations;
import dev.whence.analysis.problem.ProblemStates;
import dev.whence.analysis.trace.FailedTrace;
import dev.whence.model.Problem;
import dev.whence.model.ProblemSubject;
import dev.whence.model.ProjectId;
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

	/** Older firings are in incidents that nobody looks at any more. */
	private static final int MAX_FIRINGS = 100;

	/** A trace with more signals is counted as having this many. */
	private static final int MAX_SIGNALS = 10_000;

	private final SignalReader signals;

	private final IncidentRepository incidents;

	private final IncidentMembers members;

	private final Observations observations;

	private final ProblemStates problems;

	private final IncidentRenewal renewal;

	private final JobQueue queue;

	private final OutboxRelay relay;

	private final IncidentProperties properties;

	private final TransactionOperations transactions;

	private final InstantSource clock;

	IncidentGrouping(SignalReader signals, IncidentRepository incidents, IncidentMembers members,
			Observations observations, ProblemStates problems, IncidentRenewal renewal, JobQueue queue,
			OutboxRelay relay, IncidentProperties properties, TransactionOperations transactions, InstantSource clock) {
		this.signals = signals;
		this.incidents = incidents;
		this.members = members;
		this.observations = observations;
		this.problems = problems;
		this.renewal = renewal;
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
		switch (subject.kind()) {
			case TRACE -> {
				List<Problem> problems = grave(this.signals.problems(project, subject, MAX_PROBLEMS));
				List<Signal> trace = this.signals.ofTraces(project, List.of(new TraceId(subject.value())), MAX_SIGNALS);
				Set<String> origins = FailedTrace.of(subject.value(), trace, problems).origins();
				group(project, subject, MemberRow.of(problems, origins), trace.size());
			}
			// A fingerprint goes on for ever: its oldest problems are in incidents that
			// nobody looks at any more.
			case FINGERPRINT ->
				Bursts.split(grave(this.signals.latestProblems(project, subject, MAX_PROBLEMS)), this.properties.gap())
					.forEach((burst) -> group(project, subject, MemberRow.of(burst, services(burst)), burst.size()));
			case OBSERVATION -> this.observations.of(project, subject.value(), MAX_FIRINGS)
				.stream()
				.filter((firing) -> firing.severity().isAtLeast(this.properties.opensFrom()))
				.forEach((firing) -> group(project, subject, List.of(MemberRow.of(firing)), 1));
		}
	}

	private List<Problem> grave(List<Problem> problems) {
		return problems.stream()
			.filter((problem) -> problem.severity().isAtLeast(this.properties.opensFrom()))
			.toList();
	}

	private void group(ProjectId project, ProblemSubject subject, List<MemberRow> found, long signalCount) {
		Set<String> ignored = this.problems.meet(project, found.stream().map(MemberRow::sighting).toList());
		List<MemberRow> rows = found.stream().filter((row) -> !ignored.contains(row.fingerprint())).toList();
		if (rows.isEmpty()) {
			return;
		}
		Optional<Membership> known = membership(project, subject, rows);
		Incident incident = known.flatMap((membership) -> this.incidents.findById(membership.incidentId()))
			.orElseGet(() -> open(project, subject, rows));
		Instant latestBefore = incident.lastSeen();
		String reason = known.map(Membership::reason).orElse("opened the incident");
		this.members.put(project, incident.id(), subject, rows, signalCount, new Why("", Map.of(), reason));
		if (subject.kind() == ProblemSubject.Kind.OBSERVATION) {
			this.members.assign(project, subject, rows.getFirst().firstSeen(), incident.id());
		}
		Instant latest = rows.stream().map(MemberRow::lastSeen).max(Comparator.naturalOrder()).orElseThrow();
		// Late signals of old trouble are no regression.
		boolean reopened = latest.isAfter(latestBefore) && incident.moveToOpenAgain(this.clock.instant());
		if (known.isEmpty()) {
			this.renewal.renew(incident, "opened", IncidentHistory.WHENCE, null);
		}
		else if (reopened) {
			this.renewal.renew(incident, "reopened", IncidentHistory.WHENCE, "the trouble came back");
		}
		else {
			this.renewal.renew(incident);
		}
	}

	private Optional<Membership> membership(ProjectId project, ProblemSubject subject, List<MemberRow> rows) {
		Instant from = rows.stream().map(MemberRow::firstSeen).min(Comparator.naturalOrder()).orElseThrow();
		Instant to = rows.stream().map(MemberRow::lastSeen).max(Comparator.naturalOrder()).orElseThrow();
		List<MemberRow> origins = rows.stream().filter(MemberRow::origin).toList();
		Set<String> fingerprints = origins.stream().map(MemberRow::fingerprint).collect(Collectors.toSet());
		Set<String> services = origins.stream().map(MemberRow::service).collect(Collectors.toSet());
		Duration gap = this.properties.gap();
		return switch (subject.kind()) {
			case TRACE -> this.members.ofSubject(project, subject)
				.or(() -> this.members.byFingerprint(project, fingerprints, from, to, gap));
			case FINGERPRINT -> this.members.byFingerprint(project, fingerprints, from, to, gap)
				.or(() -> this.members.byService(project, services, from, to, gap));
			case OBSERVATION -> this.members.byFingerprint(project, fingerprints, from, to, gap)
				.or(() -> this.members.byTime(project, from, to, gap));
		};
	}

	private static Set<String> services(List<Problem> problems) {
		return problems.stream().map(Problem::serviceName).collect(Collectors.toSet());
	}

	private Incident open(ProjectId project, ProblemSubject subject, List<MemberRow> rows) {
		MemberRow first = rows.stream()
			.max(Comparator.comparing(MemberRow::origin).thenComparing(MemberRow::severity))
			.orElseThrow();
		String trace = (subject.kind() == ProblemSubject.Kind.TRACE) ? subject.value() : "";
		String title = first.service().isEmpty() ? first.title() : first.service() + ": " + first.title();
		return this.incidents
			.saveAndFlush(new Incident(project, trace, title, this.clock.instant(), first.firstSeen()));
	}

}
