package dev.whence.analysis.incident;

import java.util.Optional;
import java.util.UUID;

import dev.whence.model.ProjectId;

import org.springframework.stereotype.Component;

/** What the root cause analysis may see of incidents, and what it tells them. */
@Component
public class IncidentArchive {

	private final IncidentRepository incidents;

	private final IncidentMembers members;

	private final IncidentHistory history;

	IncidentArchive(IncidentRepository incidents, IncidentMembers members, IncidentHistory history) {
		this.incidents = incidents;
		this.members = members;
		this.history = history;
	}

	/**
	 * The incident as it is now.
	 * @param subjects how many of its subjects to name at most
	 */
	public Optional<IncidentSnapshot> snapshot(ProjectId project, UUID id, int subjects) {
		return this.incidents.findByIdAndProjectId(id, project.value())
			.map((incident) -> new IncidentSnapshot(incident.id(), incident.project(), incident.version(),
					incident.title(), incident.severity(), incident.affectedServices(), incident.firstSeen(),
					incident.lastSeen(), this.members.subjects(id, subjects)));
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

}
