package dev.whence.analysis.incident;

import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

import dev.whence.model.ProjectId;
import dev.whence.store.OutboxRelay;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Moves incidents through their life when a person says so. */
@Component
class IncidentLifecycle {

	private final IncidentRepository incidents;

	private final IncidentMembers members;

	private final IncidentHistory history;

	private final OutboxRelay relay;

	private final TransactionOperations transactions;

	private final InstantSource clock;

	IncidentLifecycle(IncidentRepository incidents, IncidentMembers members, IncidentHistory history, OutboxRelay relay,
			TransactionOperations transactions, InstantSource clock) {
		this.incidents = incidents;
		this.members = members;
		this.history = history;
		this.relay = relay;
		this.transactions = transactions;
		this.clock = clock;
	}

	/**
	 * Moves the incident; repeating a move changes nothing.
	 * @return the incident afterwards, empty when the project has no such incident
	 */
	Optional<Incident> move(ProjectId project, UUID id, IncidentTransition transition, String actor,
			@Nullable String comment) {
		Optional<Incident> moved = this.transactions.execute((_) -> {
			this.members.lock(project);
			Optional<Incident> found = this.incidents.findByIdAndProjectId(id, project.value());
			found.filter((incident) -> incident.moveTo(transition.target(), this.clock.instant()))
				.ifPresent((incident) -> {
					this.incidents.saveAndFlush(incident);
					this.history.record(incident, transition.change(), actor, comment);
				});
			return found;
		});
		this.relay.wake();
		return (moved != null) ? moved : Optional.empty();
	}

}
