package dev.whence.analysis.incident;

import java.time.InstantSource;
import java.util.UUID;

import dev.whence.analysis.incident.IncidentHistory.Entry;
import dev.whence.analysis.job.JobKind;
import dev.whence.analysis.job.JobQueue;
import dev.whence.model.AnalysisRequested;
import dev.whence.model.Severity;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Brings an incident up to date with what it consists of, in the caller's transaction,
 * and wants the analysis of its new version.
 */
@Component
class IncidentRenewal {

	private final IncidentRepository incidents;

	private final IncidentMembers members;

	private final IncidentHistory history;

	private final JobQueue queue;

	private final IncidentProperties properties;

	private final InstantSource clock;

	IncidentRenewal(IncidentRepository incidents, IncidentMembers members, IncidentHistory history, JobQueue queue,
			IncidentProperties properties, InstantSource clock) {
		this.incidents = incidents;
		this.members = members;
		this.history = history;
		this.queue = queue;
		this.properties = properties;
		this.clock = clock;
	}

	/** Takes in what its members say now; without a change nothing happens. */
	void renew(Incident incident) {
		renew(incident, null);
	}

	/**
	 * The same after something happened to it.
	 * @param change what goes into the history, unless null
	 */
	void renew(Incident incident, @Nullable String change, String actor, @Nullable String comment) {
		renew(incident, (change != null) ? Entry.by(new Author(actor, null), change, comment) : null);
	}

	/** The same, with the entry as it goes into the history. */
	void renew(Incident incident, @Nullable Entry entry) {
		Severity before = incident.severity();
		boolean changed = incident.absorb(this.members.content(incident.id()));
		if (!changed && entry == null) {
			return;
		}
		this.incidents.saveAndFlush(incident);
		if (entry != null) {
			this.history.record(incident, entry);
		}
		else if (incident.severity() != before) {
			this.history.record(incident, "escalated", IncidentHistory.WHENCE, "now " + incident.severity());
		}
		if (changed && isAnalysed(incident)) {
			this.queue.want(incident.project(), JobKind.ANALYSE, incident.id().toString(), incident.version(),
					this.properties.settle());
			this.history.announce(new AnalysisRequested(UUID.randomUUID(), this.clock.instant(), incident.project(),
					incident.id(), incident.version()));
		}
	}

	// Errors show what failed by themselves; an alert or a deviation only says that
	// something did, however grave.
	private boolean isAnalysed(Incident incident) {
		return incident.severity().isAtLeast(this.properties.analysesFrom())
				|| this.members.hasObservations(incident.id());
	}

}
