package dev.whence.analysis.incident;

import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import dev.whence.analysis.incident.IncidentHistory.Entry;
import dev.whence.model.ProblemSubject;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Makes two incidents one, or one two, because a person says so. Whatever is part of them
 * then stays there, whatever grouping would say. The caller holds the project's lock
 * ({@link IncidentMembers#lock}) and the transaction.
 */
@Component
class IncidentReshaping {

	private static final int ALL = Integer.MAX_VALUE;

	private final IncidentRepository incidents;

	private final IncidentMembers members;

	private final IncidentHistory history;

	private final IncidentRenewal renewal;

	private final InstantSource clock;

	IncidentReshaping(IncidentRepository incidents, IncidentMembers members, IncidentHistory history,
			IncidentRenewal renewal, InstantSource clock) {
		this.incidents = incidents;
		this.members = members;
		this.history = history;
		this.renewal = renewal;
		this.clock = clock;
	}

	/**
	 * Moves everything into one incident; the other one ends as MERGED.
	 * @throws IllegalArgumentException when both are one, or of two projects, or one of
	 * them is MERGED already
	 */
	void merge(Incident into, Incident from, Author author, @Nullable String comment) {
		if (into.id().equals(from.id()) || !into.project().equals(from.project())
				|| into.status() == IncidentStatus.MERGED || from.status() == IncidentStatus.MERGED) {
			throw new IllegalArgumentException("these two incidents cannot be merged");
		}
		this.members.pin(into.id());
		this.members.move(from.project(), this.members.subjects(from.id(), ALL), from.id(), into.id(), true,
				Why.said(author.name(), "merged"));
		from.mergeInto(into, this.clock.instant());
		this.incidents.saveAndFlush(from);
		this.history.record(from, Entry.by(author, "merged", comment).about(Map.of("into", into.id())));
		this.renewal.renew(into, Entry.by(author, "absorbed", comment).about(Map.of("from", from.id())));
	}

	/**
	 * Makes an incident of its own from some of the subjects.
	 * @return the new incident
	 * @throws IllegalArgumentException when the subjects are none or all of the incident
	 */
	Incident split(Incident from, Collection<ProblemSubject> subjects, Author author, @Nullable String comment) {
		List<ProblemSubject> all = this.members.subjects(from.id(), ALL);
		if (subjects.isEmpty() || !all.containsAll(subjects) || subjects.containsAll(all)) {
			throw new IllegalArgumentException("some of the incident's subjects make an incident, not none or all");
		}
		this.members.pin(from.id());
		Incident made = this.incidents.saveAndFlush(new Incident(from.project(), trace(subjects),
				this.members.title(from.id(), subjects), this.clock.instant(), from.firstSeen()));
		this.members.move(from.project(), subjects, from.id(), made.id(), true, Why.said(author.name(), "split"));
		this.renewal.renew(made, Entry.by(author, "opened", comment).about(Map.of("from", from.id())));
		this.renewal.renew(from, Entry.by(author, "split", comment).about(Map.of("into", made.id())));
		return made;
	}

	private static String trace(Collection<ProblemSubject> subjects) {
		return subjects.stream()
			.filter((subject) -> subject.kind() == ProblemSubject.Kind.TRACE)
			.map(ProblemSubject::value)
			.findFirst()
			.orElse("");
	}

}
