package dev.whence.analysis.incident;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.whence.analysis.job.JobKind;
import dev.whence.analysis.job.JobQueue;
import dev.whence.model.AnalysisRequested;
import dev.whence.model.ProblemSubject;
import dev.whence.model.ProjectId;
import dev.whence.model.TraceId;
import dev.whence.support.wire.OutboxRelay;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** What the root cause analysis may see of incidents, and what it tells them. */
@Component
public class IncidentArchive {

	private final IncidentRepository incidents;

	private final IncidentMembers members;

	private final IncidentHistory history;

	private final JobQueue queue;

	private final OutboxRelay relay;

	private final TransactionOperations transactions;

	private final InstantSource clock;

	IncidentArchive(IncidentRepository incidents, IncidentMembers members, IncidentHistory history, JobQueue queue,
			OutboxRelay relay, TransactionOperations transactions, InstantSource clock) {
		this.incidents = incidents;
		this.members = members;
		this.history = history;
		this.queue = queue;
		this.relay = relay;
		this.transactions = transactions;
		this.clock = clock;
	}

	/** The incident as it is now. */
	public Optional<IncidentSnapshot> snapshot(ProjectId project, UUID id) {
		return this.incidents.findByIdAndProjectId(id, project.value())
			.map((incident) -> new IncidentSnapshot(incident.id(), incident.project(), incident.version(),
					incident.title(), incident.severity(), incident.affectedServices(), incident.firstSeen(),
					incident.lastSeen()));
	}

	/** What of an incident went on in a range of time, in the order in which it began. */
	public List<ProblemSubject> subjects(UUID incident, Instant from, Instant to, int limit) {
		return this.members.subjects(incident, from, to, limit);
	}

	/**
	 * Keeps grouping out of the project until the caller's transaction ends. To be taken
	 * before a job's row, as grouping does: the other order deadlocks.
	 */
	public void lock(ProjectId project) {
		this.members.lock(project);
	}

	/** Notes in the caller's transaction that this version has its analysis. */
	public void analyzed(ProjectId project, UUID id, long version) {
		Incident incident = this.incidents.findById(id).orElseThrow();
		boolean first = incident.analyzed(version);
		this.incidents.saveAndFlush(incident);
		if (first) {
			this.history.record(incident, "analyzed", IncidentHistory.WHENCE, null);
		}
		else {
			// Later ones are announced, but would crowd what people did out of the
			// history.
			this.history.announceChange(incident, "analyzed");
		}
	}

	/**
	 * Asks for an analysis. There is one per version, so that asking makes another
	 * version unless the present one still waits for its analysis; both answers are kept
	 * and can be told apart. Asking again meanwhile changes nothing.
	 * @return the version that will be analysed; empty when the project has no such
	 * incident
	 */
	public Optional<Long> requestAnalysis(ProjectId project, UUID id, Author author, @Nullable String comment) {
		Optional<Long> version = this.transactions.execute((_) -> {
			this.members.lock(project);
			return this.incidents.findByIdAndProjectId(id, project.value())
				.map((incident) -> requestAnalysis(incident, author, comment));
		});
		this.relay.wake();
		return (version != null) ? version : Optional.empty();
	}

	/** The newest incident of the trace. */
	public Optional<UUID> ofTrace(ProjectId project, TraceId trace) {
		return this.incidents
			.findBySubject(project.value(), new ProblemSubject(ProblemSubject.Kind.TRACE, trace.value()).toString())
			.map(Incident::id);
	}

	private long requestAnalysis(Incident incident, Author author, @Nullable String comment) {
		long before = incident.version();
		long version = incident.anotherLook();
		if (version != before) {
			this.incidents.saveAndFlush(incident);
			this.history.record(incident, IncidentHistory.Entry.by(author, "rerun", comment));
		}
		this.queue.want(incident.project(), JobKind.ANALYSE, incident.id().toString(), version, Duration.ZERO);
		this.history.announce(new AnalysisRequested(UUID.randomUUID(), this.clock.instant(), incident.project(),
				incident.id(), version));
		return version;
	}

}
