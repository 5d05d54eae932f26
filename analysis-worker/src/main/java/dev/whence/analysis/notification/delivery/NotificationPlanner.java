package dev.whence.analysis.notification.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

import dev.whence.analysis.job.Claim;
import dev.whence.analysis.job.JobHandler;
import dev.whence.analysis.job.JobKind;
import dev.whence.analysis.job.JobQueue;
import dev.whence.analysis.notification.NotificationProperties;
import dev.whence.analysis.notification.message.IncidentFacts;
import dev.whence.analysis.notification.message.IncidentReader;
import dev.whence.analysis.notification.message.NotificationType;
import dev.whence.analysis.notification.message.Transition;
import dev.whence.analysis.notification.message.Transitions;
import dev.whence.analysis.notification.route.RoutePlan;
import dev.whence.analysis.notification.route.Routes;
import dev.whence.analysis.notification.route.Strategy;
import dev.whence.model.ProjectId;
import dev.whence.model.Severity;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Turns what happened to an incident into deliveries. Reading the transitions, adding the
 * deliveries and moving the mark are one transaction: a transition is told once however
 * often somebody wakes this.
 */
@Component
class NotificationPlanner implements JobHandler {

	private final Transitions transitions;

	private final IncidentReader incidents;

	private final Routes routes;

	private final Deliveries deliveries;

	private final JobQueue queue;

	private final NotificationProperties properties;

	private final TransactionOperations transactions;

	NotificationPlanner(Transitions transitions, IncidentReader incidents, Routes routes, Deliveries deliveries,
			JobQueue queue, NotificationProperties properties, TransactionOperations transactions) {
		this.transitions = transitions;
		this.incidents = incidents;
		this.routes = routes;
		this.deliveries = deliveries;
		this.queue = queue;
		this.properties = properties;
		this.transactions = transactions;
	}

	@Override
	public JobKind kind() {
		return JobKind.NOTIFY;
	}

	@Override
	public void run(Claim claim) {
		UUID incident = UUID.fromString(claim.subject());
		this.transactions.executeWithoutResult((status) -> {
			// Keeps the job's row locked: nobody else plans for this incident meanwhile.
			if (!this.queue.finish(claim, claim.wantedVersion())) {
				status.setRollbackOnly();
				return;
			}
			Transitions.Mark from = this.transitions.mark(incident);
			Transitions.Mark to = this.transitions.end(incident);
			if (!to.equals(from)) {
				plan(claim.project(), incident,
						this.transitions.between(incident, from, to, this.properties.giveUpAfter()));
				this.transitions.advance(incident, to);
			}
		});
	}

	private void plan(ProjectId project, UUID incident, List<Transition> transitions) {
		RoutePlan routes = this.routes.plan(project);
		Optional<IncidentFacts> facts = this.incidents.find(incident);
		if (transitions.isEmpty() || routes.routes().isEmpty() || facts.isEmpty()) {
			return;
		}
		// In the order of their ids: two planners that want the same channels must not
		// wait for each other.
		SortedSet<UUID> concerned = new TreeSet<>();
		routes.audience(facts.get().services(), Severity.valueOf(facts.get().severity().toUpperCase(Locale.ROOT)))
			.forEach((channel, strategy) -> transitions.forEach((transition) -> {
				if (plan(project, channel, strategy, incident, transition)) {
					concerned.add(channel);
				}
			}));
		concerned.forEach((channel) -> this.queue.wantAnother(project, JobKind.DELIVER, channel.toString()));
	}

	private boolean plan(ProjectId project, UUID channel, Strategy strategy, UUID incident, Transition transition) {
		// What the message before it will say anyway needs none of its own.
		if (isSaidByTheOpening(transition.type()) && this.deliveries.hasten(channel, incident)) {
			this.deliveries.add(project, channel, incident, transition, DeliveryState.FOLDED, Duration.ZERO);
			return true;
		}
		if (!hears(strategy, transition.type(), channel, incident)) {
			return false;
		}
		this.deliveries.add(project, channel, incident, transition, DeliveryState.PENDING,
				pause(project, incident, transition.type()));
		return true;
	}

	private static boolean isSaidByTheOpening(NotificationType type) {
		return type == NotificationType.CAUSE_FOUND || type == NotificationType.ESCALATED;
	}

	private boolean hears(Strategy strategy, NotificationType type, UUID channel, UUID incident) {
		return switch (strategy) {
			case NONE -> false;
			case ALL_UPDATES -> true;
			case NEW_ONLY -> switch (type) {
				case OPENED, REGRESSED -> true;
				// It may have been too small for this channel before.
				case ESCALATED -> !this.deliveries.hasHeard(channel, incident);
				case CAUSE_FOUND -> this.deliveries.lacksCause(channel, incident);
				case ACKNOWLEDGED, RESOLVED, MERGED, SUMMARY, TEST -> false;
			};
		};
	}

	// While the cause is being looked for, the first message waits for it a little.
	private Duration pause(ProjectId project, UUID incident, NotificationType type) {
		boolean waits = type.opens() && this.queue.isWanted(project, JobKind.ANALYSE, incident.toString())
				&& this.incidents.cause(incident).isEmpty();
		return waits ? this.properties.causeWait() : Duration.ZERO;
	}

}
