package dev.whence.analysis.rootcause;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import dev.whence.analysis.evidence.Scene;
import dev.whence.analysis.incident.IncidentArchive;
import dev.whence.analysis.incident.IncidentSnapshot;
import dev.whence.analysis.job.Claim;
import dev.whence.analysis.job.JobHandler;
import dev.whence.analysis.job.JobKind;
import dev.whence.analysis.job.JobQueue;
import dev.whence.analysis.lock.AnalysisLock;
import dev.whence.analysis.scene.SceneLoader;
import dev.whence.model.SignalType;
import dev.whence.store.KeptSignals;
import dev.whence.store.KeptSignals.Reference;
import dev.whence.support.wire.OutboxRelay;
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

	private static final int MAX_KEPT = 300;

	private static final Duration BUSY_ELSEWHERE = Duration.ofSeconds(1);

	private final SceneLoader scenes;

	private final KeptSignals kept;

	private final IncidentArchive incidents;

	private final AnalysisStore analyses;

	private final AnalysisLock lock;

	private final JobQueue queue;

	private final OutboxRelay relay;

	private final TransactionOperations transactions;

	private final AnalysisProperties properties;

	private final RootCauseRanker ranker = new RootCauseRanker();

	RootCauseAnalysis(SceneLoader scenes, KeptSignals kept, IncidentArchive incidents, AnalysisStore analyses,
			AnalysisLock lock, JobQueue queue, OutboxRelay relay, TransactionOperations transactions,
			AnalysisProperties properties) {
		this.scenes = scenes;
		this.kept = kept;
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
			this.incidents.snapshot(claim.project(), UUID.fromString(claim.subject()))
				.ifPresentOrElse((incident) -> analyse(claim, incident),
						() -> this.queue.finish(claim, claim.wantedVersion()));
		}
		this.relay.wake();
	}

	private void analyse(Claim claim, IncidentSnapshot incident) {
		long begin = System.nanoTime();
		Scene scene = this.scenes.load(incident);
		long loaded = System.nanoTime();
		Findings findings = this.ranker.rank(scene);
		Cost cost = new Cost(Duration.ofNanos(loaded - begin), Duration.ofNanos(System.nanoTime() - loaded));
		this.transactions.executeWithoutResult((status) -> {
			this.incidents.lock(incident.project());
			if (!this.queue.finish(claim, incident.version(), this.properties.rest())) {
				log.info("Analysis of incident {} was taken over by another worker; this result is dropped",
						incident.id());
				status.setRollbackOnly();
				return;
			}
			if (this.analyses.store(claim, incident, findings, cost)) {
				List<Reference> proof = proof(scene, findings);
				this.kept.keep(incident.project(), proof);
				this.analyses.restsOn(incident, proof.stream().map(Reference::id).toList());
				this.incidents.analyzed(incident.project(), incident.id(), incident.version());
			}
		});
	}

	/** The signals that the findings rest on, as many as anybody would open. */
	private static List<Reference> proof(Scene scene, Findings findings) {
		Set<UUID> wanted = new HashSet<>(findings.evidenceSignals());
		findings.path().forEach((step) -> wanted.addAll(step.signals()));
		findings.timeline().forEach((entry) -> wanted.addAll(entry.signals()));
		Stream<Reference> points = scene.metrics()
			.stream()
			.flatMap((series) -> series.current().stream())
			.filter((sample) -> sample.signalId() != null)
			.map((sample) -> new Reference(SignalType.METRIC, sample.time(),
					Objects.requireNonNull(sample.signalId())));
		Stream<Reference> others = Stream.concat(scene.window().signals().stream(), scene.failing().stream())
			.map(Reference::to);
		return Stream.concat(others, points)
			.filter((reference) -> wanted.contains(reference.id()))
			.distinct()
			.limit(MAX_KEPT)
			.toList();
	}

}
