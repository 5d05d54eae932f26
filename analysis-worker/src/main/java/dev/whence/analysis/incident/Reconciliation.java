package dev.whence.analysis.incident;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.whence.analysis.grouping.CallGraph;
import dev.whence.analysis.grouping.Group;
import dev.whence.analysis.grouping.Reason;
import dev.whence.analysis.incident.Neighbour.Block;
import dev.whence.analysis.incident.Neighbour.Fired;
import dev.whence.analysis.incident.Neighbour.Fresh;
import dev.whence.model.ProblemSubject;
import dev.whence.model.ProjectId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Brings the incidents in line with what grouping says belongs together. An incident goes
 * on as the group that holds most of it; of several that go on as one group the oldest
 * remains, and the others end as MERGED. What resolved incidents consist of stays.
 */
@Component
class Reconciliation {

	private final IncidentRepository incidents;

	private final IncidentMembers members;

	private final Neighbourhood neighbourhood;

	private final IncidentHistory history;

	private final IncidentRenewal renewal;

	private final IncidentProperties properties;

	private final InstantSource clock;

	Reconciliation(IncidentRepository incidents, IncidentMembers members, Neighbourhood neighbourhood,
			IncidentHistory history, IncidentRenewal renewal, IncidentProperties properties, InstantSource clock) {
		this.incidents = incidents;
		this.members = members;
		this.neighbourhood = neighbourhood;
		this.history = history;
		this.renewal = renewal;
		this.properties = properties;
		this.clock = clock;
	}

	/**
	 * Moves what has to move, in the caller's transaction.
	 * @param elsewhere further stretches of the subject, which are not grouped now but
	 * share its rows
	 */
	void apply(ProjectId project, List<Group> groups, Collection<? extends Neighbour> neighbours,
			Collection<Fresh> elsewhere, CallGraph graph) {
		new Run(project, elsewhere, graph).apply(groups, neighbours);
	}

	/** One reconciliation. */
	private final class Run {

		private final ProjectId project;

		private final Collection<Fresh> elsewhere;

		private final CallGraph graph;

		private final Map<UUID, Incident> touched = new LinkedHashMap<>();

		/** What goes into the history of each, and the comment. */
		private final Map<UUID, String[]> changes = new HashMap<>();

		/** Per incident, how much of it went where. */
		private final Map<UUID, Map<UUID, Long>> moves = new HashMap<>();

		/** The observations whose rows are no longer right, by incident. */
		private final Map<UUID, Map<ProblemSubject, Why>> observations = new LinkedHashMap<>();

		/** The own stretches, by incident. */
		private final Map<UUID, Map<Stretch, Why>> stretches = new LinkedHashMap<>();

		private final Map<UUID, ProblemSubject> left = new LinkedHashMap<>();

		Run(ProjectId project, Collection<Fresh> elsewhere, CallGraph graph) {
			this.project = project;
			this.elsewhere = elsewhere;
			this.graph = graph;
		}

		void apply(List<Group> groups, Collection<? extends Neighbour> neighbours) {
			Map<String, Neighbour> byId = neighbours.stream()
				.collect(Collectors.toMap((neighbour) -> neighbour.member().id(), (neighbour) -> neighbour));
			List<List<Neighbour>> parts = groups.stream()
				.map((group) -> group.members().stream().map((member) -> byId.get(member.id())).toList())
				.toList();
			Map<Integer, List<UUID>> successors = successors(parts);
			for (int i = 0; i < groups.size(); i++) {
				Incident target = target(parts.get(i), successors.getOrDefault(i, List.of()));
				settle(groups.get(i), parts.get(i), target);
			}
			this.stretches.forEach(this::putStretches);
			this.left.forEach((incident, subject) -> {
				if (!this.stretches.containsKey(incident)) {
					Reconciliation.this.members.remove(incident, subject);
				}
			});
			this.observations.forEach(
					(incident, changed) -> changed.forEach((subject, why) -> putObservation(incident, subject, why)));
			this.touched.values().forEach(this::finish);
		}

		/** Per group, the incidents that hold most of themselves in it. */
		private Map<Integer, List<UUID>> successors(List<List<Neighbour>> parts) {
			Map<UUID, TreeMap<Integer, Long>> shares = new HashMap<>();
			for (int i = 0; i < parts.size(); i++) {
				for (Neighbour neighbour : parts.get(i)) {
					UUID home = neighbour.home();
					if (home != null) {
						shares.computeIfAbsent(home, (_) -> new TreeMap<>()).merge(i, neighbour.weight(), Long::sum);
					}
				}
			}
			Map<Integer, List<UUID>> successors = new HashMap<>();
			shares.forEach((incident, share) -> {
				int largest = share.entrySet()
					.stream()
					.max(Map.Entry.<Integer, Long>comparingByValue()
						.thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
					.orElseThrow()
					.getKey();
				successors.computeIfAbsent(largest, (_) -> new ArrayList<>()).add(incident);
			});
			return successors;
		}

		private Incident target(List<Neighbour> part, List<UUID> candidates) {
			Optional<Incident> pinned = part.stream()
				.filter((neighbour) -> neighbour.member().pin() != null && neighbour.home() != null)
				.map((neighbour) -> touch(neighbour.home()))
				.findFirst();
			return pinned
				.or(() -> candidates.stream()
					.map(this::touch)
					.min(Comparator.comparing(Incident::detectedAt).thenComparing(Incident::id)))
				.orElseGet(() -> recallOrOpen(part));
		}

		// Nothing of it is in an incident, or its incident goes on elsewhere.
		private Incident recallOrOpen(List<Neighbour> part) {
			Set<String> problems = new HashSet<>();
			part.forEach((neighbour) -> problems.addAll(neighbour.member().problems()));
			Instant since = part.stream().map(Neighbour::since).min(Comparator.naturalOrder()).orElseThrow();
			boolean isNew = part.stream().allMatch((neighbour) -> neighbour.home() == null);
			Incident earlier = isNew ? Reconciliation.this.members.settledWith(this.project, problems, since)
				.map(this::touch)
				.orElse(null) : null;
			if (earlier != null && !isTooLate(earlier, since)) {
				return earlier;
			}
			Incident opened = open(part);
			if (earlier != null) {
				opened.recurs(earlier.id());
			}
			UUID origin = part.stream().map(Neighbour::home).filter((home) -> home != null).findFirst().orElse(null);
			this.changes.put(opened.id(), new String[] { "opened", (origin != null) ? "split from " + origin
					: (earlier != null) ? "the trouble of " + earlier.id() + " came back" : null });
			if (origin != null) {
				touch(origin);
				this.changes.putIfAbsent(origin, new String[] { "split", "gave away " + opened.id() });
			}
			return opened;
		}

		private boolean isTooLate(Incident settled, Instant since) {
			Instant resolved = settled.resolvedAt();
			if (resolved == null) {
				return false;
			}
			// What began before the resolution is told late: it is part of that incident
			// only if it happened with it, whenever somebody resolved it.
			return since.isBefore(resolved)
					? Duration.between(settled.lastSeen(), since).compareTo(Reconciliation.this.properties.gap()) > 0
					: Duration.between(resolved, since).compareTo(Reconciliation.this.properties.reopenWithin()) > 0;
		}

		private Incident open(List<Neighbour> part) {
			Neighbour first = part.stream()
				.min(Comparator.comparing((Neighbour neighbour) -> neighbour instanceof Block)
					.thenComparing((neighbour) -> neighbour.member().start())
					.thenComparing((neighbour) -> neighbour.member().id()))
				.orElseThrow();
			String title = switch (first) {
				case Fresh fresh -> title(fresh.stretch().origins());
				case Fired fired -> MemberRow.headline(fired.origins().stream().findFirst().orElse(""), fired.title());
				case Block block ->
					Reconciliation.this.members.title(block.home(), Reconciliation.this.neighbourhood.subjects(block));
			};
			String trace = switch (first) {
				case Fresh fresh when fresh.stretch().subject().kind() == ProblemSubject.Kind.TRACE ->
					fresh.stretch().subject().value();
				default -> "";
			};
			Incident opened = Reconciliation.this.incidents.saveAndFlush(new Incident(this.project, trace, title,
					Reconciliation.this.clock.instant(), first.member().start()));
			this.touched.put(opened.id(), opened);
			return opened;
		}

		private static String title(List<MemberRow> rows) {
			MemberRow gravest = rows.stream()
				.max(Comparator.comparing(MemberRow::severity)
					.thenComparing(MemberRow::firstSeen, Comparator.reverseOrder())
					.thenComparing(MemberRow::fingerprint))
				.orElseThrow();
			return MemberRow.headline(gravest.service(), gravest.title());
		}

		private void settle(Group group, List<Neighbour> part, Incident target) {
			List<Long> assigned = new ArrayList<>();
			for (Neighbour neighbour : part) {
				UUID home = neighbour.home();
				boolean stays = target.id().equals(home);
				if (stays && neighbour instanceof Block) {
					continue;
				}
				if (home == null) {
					reopen(target, neighbour);
				}
				else if (!stays) {
					touch(home);
					this.moves.computeIfAbsent(home, (_) -> new HashMap<>())
						.merge(target.id(), neighbour.weight(), Long::sum);
				}
				switch (neighbour) {
					case Block block -> Reconciliation.this.members.move(this.project,
							Reconciliation.this.neighbourhood.subjects(block), block.home(), target.id(), false,
							why(group, block));
					case Fired fired -> {
						if (!stays || fired.changed()) {
							assigned.add(fired.id());
							mark(target.id(), fired.subject(), why(group, fired));
							if (home != null && !stays) {
								mark(home, fired.subject(), why(group, fired));
							}
						}
					}
					case Fresh fresh -> {
						this.stretches.computeIfAbsent(target.id(), (_) -> new LinkedHashMap<>())
							.put(fresh.stretch(), why(group, fresh));
						if (home != null) {
							this.left.put(home, fresh.stretch().subject());
							reopen(target, neighbour);
						}
					}
				}
			}
			touch(target.id());
			if (!assigned.isEmpty()) {
				Reconciliation.this.neighbourhood.assign(assigned, target.id());
			}
		}

		/** Marks the rows of a firing that is grouped as it is now, wherever it was. */
		private void mark(UUID incident, ProblemSubject subject, Why why) {
			this.observations.computeIfAbsent(incident, (_) -> new LinkedHashMap<>()).putIfAbsent(subject, why);
		}

		// Late signals of old trouble are no regression.
		private void reopen(Incident target, Neighbour neighbour) {
			Instant resolved = target.resolvedAt();
			Instant until = (neighbour instanceof Fresh fresh) ? fresh.stretch().until() : neighbour.since();
			if (resolved != null && until.isAfter(resolved)
					&& target.moveToOpenAgain(Reconciliation.this.clock.instant())) {
				this.changes.put(target.id(), new String[] { "reopened", "the trouble came back" });
			}
		}

		private void putStretches(UUID incident, Map<Stretch, Why> some) {
			Map.Entry<Stretch, Why> first = some.entrySet().iterator().next();
			List<Stretch> all = new ArrayList<>(some.keySet());
			this.elsewhere.stream()
				.filter((fresh) -> incident.equals(fresh.home()))
				.map(Fresh::stretch)
				.forEach(all::add);
			Reconciliation.this.members.put(this.project, incident, first.getKey().subject(),
					MemberRow.sum(all.stream().flatMap((stretch) -> stretch.rows().stream())),
					all.stream().mapToLong(Stretch::signals).sum(), first.getValue());
		}

		private void putObservation(UUID incident, ProblemSubject subject, Why why) {
			Reconciliation.this.neighbourhood.summary(this.project, incident, subject)
				.ifPresentOrElse((row) -> Reconciliation.this.members.put(this.project, incident, subject, List.of(row),
						row.signals(), why), () -> Reconciliation.this.members.remove(incident, subject));
		}

		private void finish(Incident incident) {
			if (Reconciliation.this.members.isEmpty(incident.id())) {
				Map<UUID, Long> went = this.moves.getOrDefault(incident.id(), Map.of());
				went.entrySet()
					.stream()
					.max(Map.Entry.<UUID, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
					.map((most) -> touch(most.getKey()))
					.ifPresent((into) -> {
						incident.mergeInto(into, Reconciliation.this.clock.instant());
						Reconciliation.this.incidents.saveAndFlush(incident);
						Reconciliation.this.history.record(incident, "merged", IncidentHistory.WHENCE,
								"into " + into.id());
						Reconciliation.this.history.record(into, "absorbed", IncidentHistory.WHENCE,
								"took in " + incident.id());
					});
				return;
			}
			String[] change = this.changes.getOrDefault(incident.id(), new String[] { null, null });
			Reconciliation.this.renewal.renew(incident, change[0], IncidentHistory.WHENCE, change[1]);
		}

		private Why why(Group group, Neighbour neighbour) {
			Reason reason = group.why(neighbour.member(), this.graph, Reconciliation.this.properties.grouping());
			return new Why(reason.rule(), reason.matched(), reason.sentence());
		}

		private Incident touch(@Nullable UUID id) {
			return this.touched.computeIfAbsent(Objects.requireNonNull(id),
					(wanted) -> Reconciliation.this.incidents.findById(wanted).orElseThrow());
		}

	}

}
