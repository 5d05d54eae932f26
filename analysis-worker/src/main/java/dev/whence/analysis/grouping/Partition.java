package dev.whence.analysis.grouping;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * Divides what happened into groups of one cause each.
 * <ol>
 * <li>What a person put together stays together.</li>
 * <li>Within the gap, trouble of one service is one, and trouble of two services is one
 * when calls lead from one to the other. Services that only share a caller are two roots:
 * the caller is a symptom of both.</li>
 * <li>Alerts about which the call graph says nothing go to whatever is nearest in time,
 * without tying two groups together; where there is nothing else, time alone joins
 * them.</li>
 * <li>A group of alerts is cut where a second onset shows ({@link Refire}).</li>
 * </ol>
 * The result depends on the members alone, not on the order in which they are given.
 */
public final class Partition {

	private final List<Member> members;

	private final CallGraph graph;

	private final GroupingParameters parameters;

	private final int[] parent;

	/** Per root, what a person said. */
	private final @Nullable String[] pins;

	private Partition(Collection<Member> members, CallGraph graph, GroupingParameters parameters) {
		this.members = members.stream().sorted(Member.IN_TIME).toList();
		this.graph = graph;
		this.parameters = parameters;
		this.parent = new int[this.members.size()];
		this.pins = new String[this.members.size()];
		for (int i = 0; i < this.parent.length; i++) {
			this.parent[i] = i;
			this.pins[i] = this.members.get(i).pin();
		}
	}

	/**
	 * @param flapping how often alerts repeat, from the time before
	 * @return the groups in time order
	 */
	public static List<Group> of(Collection<Member> members, CallGraph graph, GroupingParameters parameters,
			Flapping flapping) {
		Partition partition = new Partition(members, graph, parameters);
		partition.joinPinned();
		partition.joinServices();
		partition.joinAlertsByTime();
		return partition.clusters()
			.stream()
			.flatMap((cluster) -> partition.groups(cluster, flapping).stream())
			.sorted(Comparator.comparing((Group group) -> group.members().getFirst(), Member.IN_TIME))
			.toList();
	}

	/** How often alerts repeat, as far as these tell. */
	public static Flapping flapping(Collection<Member> members, GroupingParameters parameters) {
		return Refire.learn(members.stream().filter(Member::alert).sorted(Member.IN_TIME).toList(), parameters.gap());
	}

	private void joinPinned() {
		Map<String, Integer> first = new HashMap<>();
		for (int i = 0; i < this.members.size(); i++) {
			String pin = this.members.get(i).pin();
			if (pin != null) {
				Integer known = first.putIfAbsent(pin, i);
				if (known != null) {
					union(known, i);
				}
			}
		}
	}

	// In time order it is enough to compare with the last to end of each service: what
	// else of that service is near is near to that one too.
	private void joinServices() {
		Map<String, Set<String>> related = related();
		Map<String, Integer> lastToEnd = new HashMap<>();
		for (int i = 0; i < this.members.size(); i++) {
			Member member = this.members.get(i);
			for (String service : new TreeSet<>(member.services())) {
				for (String other : related.getOrDefault(service, Set.of(service))) {
					Integer near = lastToEnd.get(other);
					if (near != null && isNear(this.members.get(near), member)) {
						union(near, i);
					}
				}
			}
			int at = i;
			member.services()
				.forEach((service) -> lastToEnd.merge(service, at,
						(before, now) -> this.members.get(before).end().isAfter(member.end()) ? before : now));
		}
	}

	/** Per service, itself and those whose trouble is one with its own. */
	private Map<String, Set<String>> related() {
		TreeSet<String> services = new TreeSet<>();
		this.members.forEach((member) -> services.addAll(member.services()));
		Map<String, Set<String>> related = new HashMap<>();
		for (String one : services) {
			Set<String> near = new TreeSet<>(Set.of(one));
			for (String two : services) {
				if (this.graph.knows(one) && this.graph.knows(two) && (isReached(one, two) || isReached(two, one))) {
					near.add(two);
				}
			}
			related.put(one, near);
		}
		return related;
	}

	private boolean isReached(String caller, String callee) {
		return this.graph.distance(caller, callee, this.parameters.reach()).isPresent();
	}

	private void joinAlertsByTime() {
		List<List<Integer>> adrift = new ArrayList<>();
		List<List<Integer>> anchored = new ArrayList<>();
		for (List<Integer> cluster : indexes()) {
			(cluster.stream().allMatch(this::isAdrift) ? adrift : anchored).add(cluster);
		}
		boolean moved = !anchored.isEmpty();
		while (moved) {
			moved = false;
			List<List<Integer>> joined = new ArrayList<>();
			Map<List<Integer>, Integer> targets = new LinkedHashMap<>();
			for (List<Integer> cluster : adrift) {
				Integer target = nearest(cluster, anchored);
				if (target != null) {
					targets.put(cluster, target);
				}
			}
			for (var entry : targets.entrySet()) {
				union(entry.getValue(), entry.getKey().getFirst());
				joined.add(entry.getKey());
				moved = true;
			}
			adrift.removeAll(joined);
			anchored.addAll(joined);
		}
		List<Integer> rest = adrift.stream().flatMap(List::stream).sorted().toList();
		for (int i = 1; i < rest.size(); i++) {
			if (isNear(this.members.get(rest.get(i - 1)), this.members.get(rest.get(i)))) {
				union(rest.get(i - 1), rest.get(i));
			}
		}
	}

	/** An alert of which nobody knows where in the call graph it is. */
	private boolean isAdrift(int index) {
		Member member = this.members.get(index);
		return member.alert() && member.pin() == null && member.services().stream().noneMatch(this.graph::knows);
	}

	/** Who of the others is nearest within the gap, the earlier of two. */
	private @Nullable Integer nearest(List<Integer> cluster, List<List<Integer>> others) {
		Integer nearest = null;
		Duration least = this.parameters.gap();
		for (List<Integer> other : others) {
			for (int candidate : other) {
				for (int own : cluster) {
					Duration silence = this.members.get(own).silence(this.members.get(candidate));
					int order = silence.compareTo(least);
					if (order < 0 || (order == 0 && (nearest == null || candidate < nearest))) {
						nearest = candidate;
						least = silence;
					}
				}
			}
		}
		return nearest;
	}

	private List<Group> groups(List<Member> cluster, Flapping flapping) {
		List<Member> alerts = cluster.stream().filter(Member::alert).toList();
		if (alerts.isEmpty() || cluster.stream().map(Member::pin).anyMatch(Objects::nonNull)) {
			return List.of(new Group(cluster, null));
		}
		// The gap was respected already, and signals may bridge a silence of the alerts.
		List<List<Member>> segments = Refire.segments(alerts, Duration.ofSeconds(Long.MAX_VALUE / 1000), flapping);
		if (segments.size() == 1) {
			return List.of(new Group(cluster, null));
		}
		List<List<Member>> whole = new ArrayList<>();
		segments.forEach((segment) -> whole.add(new ArrayList<>(segment)));
		cluster.stream().filter((member) -> !member.alert()).forEach((signal) -> {
			int at = 0;
			while (at + 1 < segments.size() && !segments.get(at + 1).getFirst().start().isAfter(signal.start())) {
				at++;
			}
			whole.get(at).add(signal);
		});
		List<Group> groups = new ArrayList<>();
		for (int i = 0; i < whole.size(); i++) {
			Member first = segments.get(i).getFirst();
			groups.add(new Group(whole.get(i).stream().sorted(Member.IN_TIME).toList(),
					(i == 0) ? null : new Reason("refire", Map.of("at", first.start().toString()),
							"alerts of the incident before fired again together")));
		}
		return groups;
	}

	private List<List<Member>> clusters() {
		return indexes().stream().map((cluster) -> cluster.stream().map(this.members::get).toList()).toList();
	}

	private List<List<Integer>> indexes() {
		Map<Integer, List<Integer>> clusters = new LinkedHashMap<>();
		for (int i = 0; i < this.members.size(); i++) {
			clusters.computeIfAbsent(root(i), (_) -> new ArrayList<>()).add(i);
		}
		return new ArrayList<>(clusters.values());
	}

	private boolean isNear(Member one, Member other) {
		return one.silence(other).compareTo(this.parameters.gap()) <= 0;
	}

	// What a person put apart is not joined again.
	private void union(int one, int other) {
		int first = root(one);
		int second = root(other);
		String pin = this.pins[first];
		String otherPin = this.pins[second];
		if (first == second || (pin != null && otherPin != null && !pin.equals(otherPin))) {
			return;
		}
		this.parent[Math.max(first, second)] = Math.min(first, second);
		this.pins[Math.min(first, second)] = (pin != null) ? pin : otherPin;
	}

	private int root(int index) {
		int root = index;
		while (this.parent[root] != root) {
			this.parent[root] = this.parent[this.parent[root]];
			root = this.parent[root];
		}
		return root;
	}

	/** The services of which any member speaks. */
	static Set<String> services(Collection<Member> members) {
		Set<String> services = new HashSet<>();
		members.forEach((member) -> services.addAll(member.services()));
		return services;
	}

}
