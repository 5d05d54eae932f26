package dev.whence.analysis.incident;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

import dev.whence.analysis.incident.ActionOutcome.Conflicting;
import dev.whence.analysis.incident.ActionOutcome.Done;
import dev.whence.analysis.incident.ActionOutcome.Invalid;
import dev.whence.analysis.incident.ActionOutcome.Unknown;
import dev.whence.analysis.incident.IncidentHistory.Entry;
import dev.whence.analysis.problem.ProblemStates;
import dev.whence.model.ProblemSubject;
import dev.whence.model.ProjectId;
import dev.whence.support.wire.OutboxRelay;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Moves incidents through their life when a person says so. Everything happens under the
 * project's lock, which grouping takes, too: of two people who acknowledge at once one
 * makes the entry, and a problem that arrives during a resolution is before it or after
 * it.
 */
@Component
class IncidentLifecycle {

	private final IncidentRepository incidents;

	private final IncidentMembers members;

	private final IncidentHistory history;

	private final ProblemStates problems;

	private final IncidentReshaping reshaping;

	private final OutboxRelay relay;

	private final TransactionOperations transactions;

	private final InstantSource clock;

	IncidentLifecycle(IncidentRepository incidents, IncidentMembers members, IncidentHistory history,
			ProblemStates problems, IncidentReshaping reshaping, OutboxRelay relay, TransactionOperations transactions,
			InstantSource clock) {
		this.incidents = incidents;
		this.members = members;
		this.history = history;
		this.problems = problems;
		this.reshaping = reshaping;
		this.relay = relay;
		this.transactions = transactions;
		this.clock = clock;
	}

	/**
	 * Does it, once: repeating an action changes nothing and makes no entry.
	 * @param expectedRevision what the caller has seen; null when that does not matter
	 */
	ActionOutcome act(ProjectId project, UUID id, IncidentAction action, Author author, @Nullable String comment,
			@Nullable Long expectedRevision) {
		ActionOutcome outcome = this.transactions.execute((_) -> {
			this.members.lock(project);
			return this.incidents.findByIdAndProjectId(id, project.value())
				.map((incident) -> act(incident, action, author, comment, expectedRevision))
				.orElseGet(Unknown::new);
		});
		this.relay.wake();
		return (outcome != null) ? outcome : new Unknown();
	}

	private ActionOutcome act(Incident incident, IncidentAction action, Author author, @Nullable String comment,
			@Nullable Long expectedRevision) {
		if (expectedRevision != null && expectedRevision != incident.revision()) {
			return conflict(incident, "the incident was changed meanwhile: it has revision " + incident.revision()
					+ ", not " + expectedRevision);
		}
		if (incident.status() == IncidentStatus.MERGED && !(action instanceof IncidentAction.Remark)
				&& !(action instanceof IncidentAction.Merge)) {
			return conflict(incident, "the incident was merged into " + incident.mergedInto());
		}
		return switch (action) {
			case IncidentAction.Move move -> move(incident, move.transition(), author, comment);
			case IncidentAction.Assign assign -> assign(incident, assign.assignee(), author, comment);
			case IncidentAction.Remark _ -> {
				incident.remark();
				yield done(incident, Entry.by(author, "commented", comment));
			}
			case IncidentAction.Rest rest -> rest(incident, rest.terms(), author, comment);
			case IncidentAction.Ignore _ -> ignore(incident, author, comment);
			case IncidentAction.Merge merge -> merge(incident, merge.into(), author, comment);
			case IncidentAction.Split split -> split(incident, split, author, comment);
		};
	}

	private ActionOutcome move(Incident incident, IncidentTransition transition, Author author,
			@Nullable String comment) {
		if (incident.status() == transition.target()) {
			return unchanged(incident);
		}
		if (transition == IncidentTransition.REOPEN && incident.status() == IncidentStatus.INVESTIGATING) {
			return unchanged(incident);
		}
		if (!transition.startsFrom(incident.status())) {
			return conflict(incident, "an incident that is " + incident.status().state() + " cannot be "
					+ transition.change() + ((transition.target().isActive()) ? "; reopen it first" : ""));
		}
		Instant now = this.clock.instant();
		incident.moveTo(transition.target(), now);
		if (incident.status().isOver()) {
			this.problems.resolveAllOf(incident.project(), incident.id(), now, author.name(), author.credential());
		}
		return done(incident, Entry.by(author, transition.change(), comment));
	}

	private ActionOutcome assign(Incident incident, String assignee, Author author, @Nullable String comment) {
		if (!incident.assign(assignee.isEmpty() ? null : assignee)) {
			return unchanged(incident);
		}
		Entry entry = assignee.isEmpty() ? Entry.by(author, "unassigned", comment)
				: Entry.by(author, "assigned", comment).about(Map.of("assignee", assignee));
		return done(incident, entry);
	}

	private ActionOutcome rest(Incident incident, Snooze.Terms terms, Author author, @Nullable String comment) {
		if (!incident.status().isActive()) {
			return conflict(incident,
					"an incident that is " + incident.status().state() + " cannot be snoozed; reopen it first");
		}
		Instant now = this.clock.instant();
		if (terms.until() != null && !terms.until().isAfter(now)) {
			return new Invalid("until", "lies in the past");
		}
		Snooze snooze = Snooze.begin(terms, now, incident.severity(), this.problems.kindsOf(incident.id()),
				incident.signals(), incident.duration());
		if (!incident.rest(snooze)) {
			return unchanged(incident);
		}
		return done(incident, Entry.by(author, "snoozed", comment).about(conditions(terms)));
	}

	private ActionOutcome ignore(Incident incident, Author author, @Nullable String comment) {
		boolean changed = this.problems.ignoreAllOf(incident.project(), incident.id(), author.name(),
				author.credential(), comment) > 0;
		if (incident.status().isActive()) {
			Instant now = this.clock.instant();
			incident.moveTo(IncidentStatus.RESOLVED, now);
			this.problems.resolveAllOf(incident.project(), incident.id(), now, author.name(), author.credential());
			return done(incident, Entry.by(author, "resolved", comment).about(Map.of("reason", "ignored")));
		}
		return new Done(IncidentState.of(incident), changed, null);
	}

	private ActionOutcome merge(Incident incident, UUID into, Author author, @Nullable String comment) {
		if (into.equals(incident.mergedInto())) {
			return unchanged(incident);
		}
		if (incident.status() == IncidentStatus.MERGED) {
			return conflict(incident, "the incident was merged into " + incident.mergedInto());
		}
		if (into.equals(incident.id())) {
			return new Invalid("into", "is the incident itself");
		}
		Optional<Incident> target = this.incidents.findByIdAndProjectId(into, incident.project().value());
		if (target.isEmpty()) {
			return new Invalid("into", "is the id of no incident");
		}
		if (target.get().status() == IncidentStatus.MERGED) {
			return new Invalid("into", "was itself merged into " + target.get().mergedInto());
		}
		target.get().remark();
		this.reshaping.merge(target.get(), incident, author, comment);
		return new Done(IncidentState.of(incident), true, null);
	}

	private ActionOutcome split(Incident incident, IncidentAction.Split split, Author author,
			@Nullable String comment) {
		List<ProblemSubject> all = this.members.subjects(incident.id(), Integer.MAX_VALUE);
		Set<ProblemSubject> leaving = new LinkedHashSet<>(
				this.problems.subjectsOf(incident.id(), split.fingerprints()));
		split.traces()
			.stream()
			.map((trace) -> new ProblemSubject(ProblemSubject.Kind.TRACE, trace))
			.filter(all::contains)
			.forEach(leaving::add);
		if (leaving.isEmpty() || leaving.containsAll(all)) {
			return new Invalid(split.fingerprints().isEmpty() ? "traces" : "fingerprints", leaving.isEmpty()
					? "names nothing that the incident began with" : "names everything: nothing would be left");
		}
		incident.remark();
		Incident made = this.reshaping.split(incident, leaving, author, comment);
		return new Done(IncidentState.of(incident), true, made.id());
	}

	private ActionOutcome done(Incident incident, Entry entry) {
		this.incidents.saveAndFlush(incident);
		this.history.record(incident, entry);
		return new Done(IncidentState.of(incident), true, null);
	}

	private static ActionOutcome unchanged(Incident incident) {
		return new Done(IncidentState.of(incident), false, null);
	}

	private static ActionOutcome conflict(Incident incident, String reason) {
		return new Conflicting(IncidentState.of(incident), reason);
	}

	private static Map<String, Object> conditions(Snooze.Terms terms) {
		Map<String, Object> conditions = new TreeMap<>();
		Optional.ofNullable(terms.until()).ifPresent((until) -> conditions.put("until", until.toString()));
		Optional.ofNullable(terms.factor()).ifPresent((factor) -> conditions.put("rate_factor", factor));
		return conditions;
	}

}
