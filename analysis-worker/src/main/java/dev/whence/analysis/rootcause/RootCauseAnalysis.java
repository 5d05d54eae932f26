package dev.whence.analysis.rootcause;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.whence.analysis.incident.IncidentArchive;
import dev.whence.analysis.incident.IncidentSnapshot;
import dev.whence.analysis.job.Claim;
import dev.whence.analysis.job.JobHandler;
import dev.whence.analysis.job.JobKind;
import dev.whence.analysis.job.JobQueue;
import dev.whence.analysis.lock.AnalysisLock;
import dev.whence.analysis.trace.FailedTrace;
import dev.whence.model.Problem;
import dev.whence.model.ProblemSubject;
import dev.whence.model.ProjectId;
import dev.whence.model.Signal;
import dev.whence.model.TraceId;
import dev.whence.store.OutboxRelay;
import dev.whence.store.SignalReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Analyses an incident. The lock keeps two workers from the same expensive work; the
 * fencing number of the claim and the unique version of the analysis keep the result
 * single whatever happens to the lock.
 */
@Component
class RootCauseAnalysis implements JobHandler {

	private static final Logger log = LoggerFactory.getLogger(RootCauseAnalysis.class);

	/** Enough traces to see a pattern, few enough to read in a second. */
	private static final int MAX_SUBJECTS = 50;

	private static final int MAX_SIGNALS = 20_000;

	private static final int MAX_PROBLEMS_PER_SUBJECT = 500;

	/** Incidents keep microseconds, problems nanoseconds. */
	private static final Duration CLOCK_PRECISION = Duration.of(1, ChronoUnit.MICROS);

	private static final Duration BUSY_ELSEWHERE = Duration.ofSeconds(1);

	private final SignalReader signals;

	private final IncidentArchive incidents;

	private final AnalysisStore analyses;

	private final AnalysisLock lock;

	private final JobQueue queue;

	private final OutboxRelay relay;

	private final TransactionOperations transactions;

	private final AnalysisProperties properties;

	private final RootCauseRanker ranker = new RootCauseRanker();

	RootCauseAnalysis(SignalReader signals, IncidentArchive incidents, AnalysisStore analyses, AnalysisLock lock,
			JobQueue queue, OutboxRelay relay, TransactionOperations transactions, AnalysisProperties properties) {
		this.signals = signals;
		this.incidents = incidents;
		this.analyses = analyses;
		this.lock = lock;
		this.queue = queue;
		this.relay = relay;
		this.transactions = transactions;
		this.properties = properties;
	}

	@Override
	public JobKind kind() {
		return JobKind.ANALYSE;
	}

	@Override
	public void run(Claim claim) {
		Optional<AnalysisLock.Held> held = this.lock.tryAcquire(claim.project().value() + ":" + claim.subject());
		if (held.isEmpty()) {
			this.queue.putBack(claim, BUSY_ELSEWHERE);
			return;
		}
		try (AnalysisLock.Held _ = held.get()) {
			this.incidents.snapshot(claim.project(), UUID.fromString(claim.subject()), MAX_SUBJECTS)
				.ifPresentOrElse((incident) -> analyse(claim, incident),
						() -> this.queue.finish(claim, claim.wantedVersion()));
		}
		this.relay.wake();
	}

	private void analyse(Claim claim, IncidentSnapshot incident) {
		Findings findings = this.ranker.rank(evidence(incident));
		this.transactions.executeWithoutResult((status) -> {
			this.incidents.lock(incident.project());
			if (!this.queue.finish(claim, incident.version(), this.properties.rest())) {
				log.info("Analysis of incident {} was taken over by another worker; this result is dropped",
						incident.id());
				status.setRollbackOnly();
				return;
			}
			if (this.analyses.store(claim, incident, findings)) {
				this.incidents.analyzed(incident.project(), incident.id(), incident.version());
			}
		});
	}

	private List<FailedTrace> evidence(IncidentSnapshot incident) {
		List<Problem> problems = incident.subjects()
			.stream()
			.flatMap((subject) -> problems(incident, subject).stream())
			.toList();
		List<FailedTrace> traces = new ArrayList<>(ofTraces(incident, problems));
		traces.addAll(withoutTrace(incident.project(), problems));
		return traces;
	}

	// A fingerprint may have other bursts, which belong to other incidents.
	private List<Problem> problems(IncidentSnapshot incident, ProblemSubject subject) {
		return switch (subject.kind()) {
			case TRACE -> this.signals.problems(incident.project(), subject, MAX_PROBLEMS_PER_SUBJECT);
			case OBSERVATION, FINGERPRINT ->
				this.signals.problems(incident.project(), subject, incident.firstSeen().minus(CLOCK_PRECISION),
						incident.lastSeen().plus(CLOCK_PRECISION), MAX_PROBLEMS_PER_SUBJECT);
		};
	}

	private List<FailedTrace> ofTraces(IncidentSnapshot incident, List<Problem> problems) {
		List<TraceId> ids = incident.subjects()
			.stream()
			.filter((subject) -> subject.kind() == ProblemSubject.Kind.TRACE)
			.map((subject) -> new TraceId(subject.value()))
			.toList();
		Map<String, List<Problem>> problemsByTrace = problems.stream()
			.filter((problem) -> problem.traceId() != null)
			.collect(Collectors.groupingBy((problem) -> String.valueOf(problem.traceId())));
		Map<String, List<Signal>> signalsByTrace = this.signals.ofTraces(incident.project(), ids, MAX_SIGNALS)
			.stream()
			.collect(Collectors.groupingBy((signal) -> String.valueOf(signal.traceId())));
		return ids.stream()
			.map(TraceId::value)
			.map((id) -> FailedTrace.of(id, signalsByTrace.getOrDefault(id, List.of()),
					problemsByTrace.getOrDefault(id, List.of())))
			.toList();
	}

	// Signals without a trace can still say who failed, and who failed first.
	private List<FailedTrace> withoutTrace(ProjectId project, List<Problem> problems) {
		List<Problem> loose = problems.stream().filter((problem) -> problem.traceId() == null).toList();
		return loose.isEmpty() ? List.of()
				: List.of(FailedTrace.of("", this.signals.byProblems(project, loose), loose));
	}

}
