package dev.whence.analysis.incident;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.whence.analysis.grouping.CallGraph;
import dev.whence.analysis.grouping.Flapping;
import dev.whence.analysis.grouping.Group;
import dev.whence.analysis.grouping.Member;
import dev.whence.analysis.grouping.Partition;
import dev.whence.analysis.incident.Arrivals.Arrival;
import dev.whence.analysis.incident.IncidentMembers.Place;
import dev.whence.analysis.incident.Neighbour.Fresh;
import dev.whence.analysis.job.Claim;
import dev.whence.analysis.job.JobHandler;
import dev.whence.analysis.job.JobKind;
import dev.whence.analysis.job.JobQueue;
import dev.whence.analysis.problem.ProblemStates;
import dev.whence.model.ProblemSubject;
import dev.whence.model.ProjectId;
import dev.whence.support.wire.OutboxRelay;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Brings the incidents around a dirty subject up to date. What belongs together is
 * computed anew from all that went on around its time ({@link Partition}), so running it
 * twice, late or in another order gives the same incidents.
 */
@Component
class IncidentGrouping implements JobHandler {

	/** One pass deals with a whole neighbourhood, so this many are never needed. */
	private static final int MAX_PASSES = 100;

	private final Arrivals arrivals;

	private final IncidentRepository incidents;

	private final IncidentMembers members;

	private final Neighbourhood neighbourhood;

	private final Calls calls;

	private final Reconciliation reconciliation;

	private final ProblemStates problems;

	private final IncidentRenewal renewal;

	private final JobQueue queue;

	private final OutboxRelay relay;

	private final IncidentProperties properties;

	private final TransactionOperations transactions;

	IncidentGrouping(Arrivals arrivals, IncidentRepository incidents, IncidentMembers members,
			Neighbourhood neighbourhood, Calls calls, Reconciliation reconciliation, ProblemStates problems,
			IncidentRenewal renewal, JobQueue queue, OutboxRelay relay, IncidentProperties properties,
			TransactionOperations transactions) {
		this.arrivals = arrivals;
		this.incidents = incidents;
		this.members = members;
		this.neighbourhood = neighbourhood;
		this.calls = calls;
		this.reconciliation = reconciliation;
		this.problems = problems;
		this.renewal = renewal;
		this.queue = queue;
		this.relay = relay;
		this.properties = properties;
		this.transactions = transactions;
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
			if (group(claim.project(), subject)) {
				this.queue.want(claim.project(), JobKind.GROUP, claim.subject(), claim.wantedVersion() + 1,
						Arrivals.PARENTS_COME);
			}
		});
		this.relay.wake();
	}

	/** Returns whether another look after a while may say more. */
	private boolean group(ProjectId project, ProblemSubject subject) {
		if (subject.kind() == ProblemSubject.Kind.OBSERVATION) {
			groupFirings(project, subject);
			return false;
		}
		Arrival arrival = (subject.kind() == ProblemSubject.Kind.TRACE) ? this.arrivals.ofTrace(project, subject)
				: this.arrivals.ofFingerprint(project, subject);
		group(project, subject, arrival);
		return arrival.unsettled();
	}

	private void group(ProjectId project, ProblemSubject subject, Arrival arrival) {
		boolean callsAreNew = this.calls.note(project, arrival.calls());
		for (Stretch stretch : arrival.stretches()) {
			// An earlier pass may have moved it.
			List<Place> places = this.members.places(project, subject);
			if (isKnown(stretch, arrival.stretches(), places)) {
				continue;
			}
			Set<UUID> near = around(project, stretch.start(), stretch.end());
			if (callsAreNew || !joinTheOnlyOne(project, stretch, arrival, places, near)) {
				List<Fresh> all = fresh(arrival.stretches(), places);
				List<Fresh> own = all.stream()
					.filter((fresh) -> fresh.stretch() == stretch
							|| (fresh.home() != null && near.contains(fresh.home())))
					.toList();
				List<Fresh> elsewhere = all.stream().filter((fresh) -> !own.contains(fresh)).toList();
				regroup(project, subject, stretch.start(), stretch.end(), near, own, elsewhere);
			}
			callsAreNew = false;
		}
	}

	/** Whether an incident says of this stretch what the store says. */
	private static boolean isKnown(Stretch stretch, List<Stretch> all, List<Place> places) {
		return places.stream().filter((place) -> overlaps(stretch, place)).anyMatch((place) -> {
			List<Stretch> within = all.stream().filter((some) -> overlaps(some, place)).toList();
			List<MemberRow> rows = within.stream().flatMap((some) -> some.rows().stream()).toList();
			return rows.stream().mapToLong(MemberRow::signals).sum() == place.shown()
					&& within.stream().mapToLong(Stretch::signals).sum() == place.signals()
					&& rows.stream().map(MemberRow::severity).max(Comparator.naturalOrder()).orElseThrow() == place
						.severity()
					&& within.getFirst().start().equals(place.first())
					&& within.stream()
						.map(Stretch::end)
						.max(Comparator.naturalOrder())
						.orElseThrow()
						.equals(place.last());
		});
	}

	// The usual case in a storm, which must not read all of the storm again: one incident
	// goes on, and this is more of it.
	private boolean joinTheOnlyOne(ProjectId project, Stretch stretch, Arrival arrival, List<Place> places,
			Set<UUID> near) {
		if (near.size() != 1 || arrival.stretches().size() != 1) {
			return false;
		}
		UUID only = near.iterator().next();
		if (places.stream().anyMatch((place) -> !place.incident().equals(only))) {
			return false;
		}
		Instant from = stretch.start().minus(this.properties.gap());
		Instant to = stretch.end().plus(this.properties.gap());
		Optional<Incident> incident = this.incidents.findById(only).filter((found) -> found.status().isActive());
		if (incident.isEmpty() || !this.members.beganIn(only, stretch.services(), from, to)
				|| this.neighbourhood.hasLooseFirings(project, from, to)) {
			return false;
		}
		Set<String> known = this.members.known(only, stretch.problems());
		Why why = known.isEmpty()
				? new Why("same-service", Map.of("service", String.join(", ", new TreeSet<>(stretch.services()))),
						"same service at the same time: " + String.join(", ", new TreeSet<>(stretch.services())))
				: new Why("same-problem", Map.of("problem", known.stream().min(String::compareTo).orElseThrow()),
						"same problem");
		this.members.put(project, only, stretch.subject(), stretch.rows(), stretch.signals(), why);
		this.renewal.renew(incident.get());
		return true;
	}

	/** The stretches of a subject, each with the incident it is part of. */
	private static List<Fresh> fresh(List<Stretch> stretches, List<Place> places) {
		List<Fresh> fresh = new ArrayList<>();
		for (int i = 0; i < stretches.size(); i++) {
			Stretch stretch = stretches.get(i);
			Optional<Place> home = places.stream().filter((place) -> overlaps(stretch, place)).findFirst();
			String pin = home.filter((place) -> place.pinned() || place.settled())
				.map((place) -> place.incident().toString())
				.orElse(null);
			fresh
				.add(new Fresh(
						new Member(stretch.subject() + "#" + i, stretch.start(), stretch.end(), stretch.services(),
								stretch.problems(), false, false, pin),
						home.map(Place::incident).orElse(null), stretch));
		}
		return fresh;
	}

	private void groupFirings(ProjectId project, ProblemSubject observation) {
		this.problems.meetFirings(project, observation.value());
		for (int pass = 0; pass < MAX_PASSES; pass++) {
			List<Neighbour.Fired> changed = this.neighbourhood.changed(project, observation);
			if (changed.isEmpty()) {
				return;
			}
			Neighbour.Fired first = changed.getFirst();
			this.calls.note(project, this.neighbourhood.callOf(first.id()));
			Instant at = first.member().start();
			regroup(project, observation, at, at, around(project, at, at), List.of(first), List.of());
		}
	}

	private Set<UUID> around(ProjectId project, Instant from, Instant to) {
		return this.neighbourhood.incidents(project, from.minus(this.properties.gap()), to.plus(this.properties.gap()));
	}

	private void regroup(ProjectId project, ProblemSubject subject, Instant from, Instant to, Set<UUID> near,
			List<? extends Neighbour> own, List<Fresh> elsewhere) {
		Set<UUID> incidents = new HashSet<>(near);
		own.stream().map(Neighbour::home).filter((home) -> home != null).forEach(incidents::add);
		List<Neighbour> all = new ArrayList<>(this.neighbourhood.blocks(project, incidents, subject));
		all.addAll(this.neighbourhood.firings(project, incidents, from.minus(this.properties.gap()),
				to.plus(this.properties.gap())));
		Set<String> there = all.stream().map((neighbour) -> neighbour.member().id()).collect(Collectors.toSet());
		own.stream().filter((neighbour) -> !there.contains(neighbour.member().id())).forEach(all::add);
		all = withoutSettled(all, own);
		Set<String> services = all.stream()
			.flatMap((neighbour) -> neighbour.origins().stream())
			.collect(Collectors.toSet());
		CallGraph graph = this.calls.around(project, services, this.properties.reach());
		List<Member> grouped = all.stream().map(Neighbour::member).toList();
		List<Group> groups = Partition.of(grouped, graph, this.properties.grouping(), flapping(project, grouped));
		this.reconciliation.apply(project, groups, all, elsewhere, graph);
	}

	// What was resolved before this began has to do with it only if it is the same again.
	private List<Neighbour> withoutSettled(List<Neighbour> all, Collection<? extends Neighbour> own) {
		Set<String> problems = own.stream()
			.flatMap((neighbour) -> neighbour.member().problems().stream())
			.collect(Collectors.toSet());
		Instant since = own.stream().map(Neighbour::since).min(Comparator.naturalOrder()).orElseThrow();
		Set<UUID> settled = all.stream()
			.filter((neighbour) -> neighbour.member().pin() != null)
			.map(Neighbour::home)
			.filter((home) -> home != null && isOver(home, since))
			.collect(Collectors.toSet());
		all.stream()
			.filter((neighbour) -> neighbour.member().problems().stream().anyMatch(problems::contains))
			.forEach((neighbour) -> settled.remove(neighbour.home()));
		return all.stream().filter((neighbour) -> !settled.contains(neighbour.home())).toList();
	}

	private boolean isOver(UUID incident, Instant since) {
		return this.incidents.findById(incident)
			.filter((found) -> !found.status().isActive())
			.map(Incident::resolvedAt)
			.filter((resolved) -> resolved.isBefore(since))
			.isPresent();
	}

	private Flapping flapping(ProjectId project, List<Member> grouped) {
		return grouped.stream()
			.filter(Member::alert)
			.map(Member::start)
			.min(Comparator.naturalOrder())
			.map((first) -> Partition.flapping(this.neighbourhood.before(project, first), this.properties.grouping()))
			.orElse(Flapping.ASSUMED);
	}

	private static boolean overlaps(Stretch stretch, Place place) {
		return !stretch.start().isAfter(place.last()) && !stretch.end().isBefore(place.first());
	}

}
