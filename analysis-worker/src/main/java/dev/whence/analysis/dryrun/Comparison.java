package dev.whence.analysis.dryrun;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.whence.analysis.grouping.Flapping;
import dev.whence.analysis.grouping.Group;
import dev.whence.analysis.grouping.GroupingParameters;
import dev.whence.analysis.grouping.Member;
import dev.whence.analysis.grouping.Partition;
import dev.whence.analysis.incident.FormingRules;
import dev.whence.analysis.incident.Past;
import dev.whence.analysis.incident.PastIncident;
import dev.whence.analysis.incident.Trouble;
import dev.whence.model.ProblemSubject;

/**
 * Incidents as they are and as other rules would have formed them. Both come from the
 * function that forms incidents in earnest ({@link Partition}); a pure function of what
 * happened.
 * <p>
 * Not every incident is what today's rules alone make of its members: some came back
 * after they were resolved, some were merged by a person, some were formed under other
 * rules. Those are held as they are under the changed rules, too, so that every
 * difference that is shown comes from the change.
 *
 * @param past what happened
 * @param formed the incidents that would be, in the order of their beginnings
 * @param held incidents that are not what today's rules alone would make of them
 */
record Comparison(Past past, List<Formed> formed, Set<UUID> held) {

	/** What grouping itself learns from. */
	private static final int LEARNED = 1_000;

	Comparison {
		formed = List.copyOf(formed);
		held = Set.copyOf(held);
	}

	static Comparison of(Past past, FormingRules today, FormingRules changed) {
		Set<UUID> held = new HashSet<>();
		List<Trouble> present = past.troubles().stream().filter((trouble) -> trouble.home() != null).toList();
		// Holding one may draw others after it; what is held stays together, so this
		// ends.
		while (held.addAll(irregular(groups(past, present, held, today.grouping())))) {
			continue;
		}
		List<Trouble> admitted = past.troubles()
			.stream()
			.map((trouble) -> trouble.from(changed.opensFrom()))
			.flatMap(Optional::stream)
			.toList();
		return new Comparison(past, formed(past, groups(past, admitted, held, changed.grouping())), held);
	}

	/** How many members each incident has. */
	Map<UUID, Integer> members() {
		Map<UUID, Set<ProblemSubject>> subjects = new HashMap<>();
		for (Trouble trouble : this.past.troubles()) {
			if (trouble.home() != null) {
				subjects.computeIfAbsent(trouble.home(), (_) -> new HashSet<>()).add(trouble.subject());
			}
		}
		return subjects.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (all) -> all.getValue().size()));
	}

	/** The groups that hold members of several incidents. */
	List<Formed> merges() {
		return this.formed.stream().filter((group) -> group.was().size() > 1).toList();
	}

	/** The incidents whose members would be in several groups, with the groups. */
	Map<UUID, List<Integer>> splits() {
		Map<UUID, List<Integer>> splits = new LinkedHashMap<>();
		this.past.incidents().forEach((incident) -> {
			List<Integer> groups = this.formed.stream()
				.filter((group) -> group.was().contains(incident.id()))
				.map(Formed::number)
				.toList();
			if (groups.size() > 1) {
				splits.put(incident.id(), groups);
			}
		});
		return splits;
	}

	/** The incidents that would not be. */
	List<UUID> vanishing() {
		Set<UUID> remaining = this.formed.stream().flatMap((group) -> group.was().stream()).collect(Collectors.toSet());
		return this.past.incidents().stream().map(PastIncident::id).filter((id) -> !remaining.contains(id)).toList();
	}

	/** The groups of which nothing is in any incident. */
	List<Formed> opening() {
		return this.formed.stream().filter((group) -> group.was().isEmpty()).toList();
	}

	/** The incidents that are not exactly one of the groups. */
	private static Set<UUID> irregular(Collection<List<Trouble>> groups) {
		Set<UUID> seen = new HashSet<>();
		Set<UUID> irregular = new HashSet<>();
		for (List<Trouble> group : groups) {
			Set<UUID> homes = homes(group);
			if (homes.size() > 1) {
				irregular.addAll(homes);
			}
			homes.stream().filter((home) -> !seen.add(home)).forEach(irregular::add);
		}
		return irregular;
	}

	private static Set<UUID> homes(List<Trouble> group) {
		return group.stream().map(Trouble::home).filter(Objects::nonNull).collect(Collectors.toSet());
	}

	private static List<List<Trouble>> groups(Past past, Collection<Trouble> troubles, Set<UUID> held,
			GroupingParameters parameters) {
		Map<String, Trouble> byId = troubles.stream().collect(Collectors.toMap(Trouble::id, Function.identity()));
		List<Member> members = troubles.stream()
			.map((trouble) -> trouble.member(trouble.home() != null && held.contains(trouble.home())))
			.toList();
		List<Member> alerts = new ArrayList<>(past.firedBefore());
		members.stream().filter(Member::alert).sorted(Comparator.comparing(Member::start)).forEach(alerts::add);
		List<Group> groups = new ArrayList<>();
		for (List<Member> stretch : stretches(members, parameters.gap())) {
			groups.addAll(Partition.of(stretch, past.calls(), parameters, usualBefore(stretch, alerts, parameters)));
		}
		return groups.stream()
			.sorted(Comparator.comparing((Group group) -> group.members().getFirst().start())
				.thenComparing((group) -> group.members().getFirst().id()))
			.map((group) -> group.members().stream().map((member) -> byId.get(member.id())).toList())
			.toList();
	}

	/**
	 * What has to do with each other in time, so that each stretch learns what is usual
	 * from what was before it, as grouping does.
	 */
	private static List<List<Member>> stretches(Collection<Member> members, Duration gap) {
		// What a person put together is one, whatever lies between.
		Map<String, Instant> pinned = new HashMap<>();
		for (Member member : members) {
			if (member.pin() != null) {
				pinned.merge(member.pin(), member.end(), (one, other) -> one.isAfter(other) ? one : other);
			}
		}
		List<List<Member>> stretches = new ArrayList<>();
		Instant until = Instant.MIN;
		for (Member member : members.stream()
			.sorted(Comparator.comparing(Member::start).thenComparing(Member::id))
			.toList()) {
			if (stretches.isEmpty() || member.start().isAfter(until.plus(gap))) {
				stretches.add(new ArrayList<>());
			}
			Instant end = (member.pin() != null) ? pinned.getOrDefault(member.pin(), member.end()) : member.end();
			until = end.isAfter(until) ? end : until;
			stretches.getLast().add(member);
		}
		return stretches;
	}

	private static Flapping usualBefore(List<Member> stretch, List<Member> alerts, GroupingParameters parameters) {
		return stretch.stream().filter(Member::alert).map(Member::start).min(Comparator.naturalOrder()).map((first) -> {
			List<Member> before = alerts.stream().filter((alert) -> alert.start().isBefore(first)).toList();
			return Partition.flapping(before.subList(Math.max(0, before.size() - LEARNED), before.size()), parameters);
		}).orElse(Flapping.ASSUMED);
	}

	private static List<Formed> formed(Past past, List<List<Trouble>> groups) {
		Map<UUID, PastIncident> incidents = past.incidents()
			.stream()
			.collect(Collectors.toMap(PastIncident::id, Function.identity()));
		Map<Integer, UUID> successors = successors(incidents, groups);
		List<Formed> formed = new ArrayList<>();
		for (int i = 0; i < groups.size(); i++) {
			UUID continues = successors.get(i);
			formed.add(Formed.of(i + 1, groups.get(i),
					homes(groups.get(i)).stream()
						.map(incidents::get)
						.filter(Objects::nonNull)
						.sorted(OLDEST)
						.map(PastIncident::id)
						.toList(),
					(continues != null) ? incidents.get(continues) : null));
		}
		return formed;
	}

	private static final Comparator<PastIncident> OLDEST = Comparator.comparing(PastIncident::detectedAt)
		.thenComparing(PastIncident::id);

	/** An incident goes on as what holds most of it; of several the oldest remains. */
	private static Map<Integer, UUID> successors(Map<UUID, PastIncident> incidents, List<List<Trouble>> groups) {
		Map<UUID, TreeMap<Integer, Long>> shares = new LinkedHashMap<>();
		for (int i = 0; i < groups.size(); i++) {
			for (Trouble trouble : groups.get(i)) {
				if (trouble.home() != null) {
					shares.computeIfAbsent(trouble.home(), (_) -> new TreeMap<>()).merge(i, 1L, Long::sum);
				}
			}
		}
		Map<Integer, UUID> successors = new HashMap<>();
		Set<UUID> inOrder = new LinkedHashSet<>();
		incidents.values().stream().sorted(OLDEST).map(PastIncident::id).forEach(inOrder::add);
		for (UUID incident : inOrder) {
			TreeMap<Integer, Long> share = shares.getOrDefault(incident, new TreeMap<>());
			share.entrySet()
				.stream()
				.max(Map.Entry.<Integer, Long>comparingByValue()
					.thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
				.ifPresent((largest) -> successors.putIfAbsent(largest.getKey(), incident));
		}
		return successors;
	}

}
