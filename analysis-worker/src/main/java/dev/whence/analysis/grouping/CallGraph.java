package dev.whence.analysis.grouping;

import java.util.HashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** Who calls whom, as far as it is known. */
public interface CallGraph {

	/**
	 * Whether the service was seen to call or to be called; about any other it says
	 * nothing.
	 */
	boolean knows(String service);

	/**
	 * How many calls lead from one service to the other; empty when more than
	 * {@code most} or when none do.
	 */
	OptionalInt distance(String caller, String callee, int most);

	/** Knows nothing. */
	static CallGraph unknown() {
		return of(Map.of());
	}

	/**
	 * @param callees the services that a service calls
	 */
	static CallGraph of(Map<String, Set<String>> callees) {
		Set<String> known = new HashSet<>(callees.keySet());
		callees.values().forEach(known::addAll);
		return new CallGraph() {

			@Override
			public boolean knows(String service) {
				return known.contains(service);
			}

			@Override
			public OptionalInt distance(String caller, String callee, int most) {
				Set<String> reached = new HashSet<>(Set.of(caller));
				Set<String> frontier = reached;
				for (int hops = 0; hops <= most && !frontier.isEmpty(); hops++) {
					if (frontier.contains(callee)) {
						return OptionalInt.of(hops);
					}
					Set<String> next = new HashSet<>();
					frontier.forEach((service) -> next.addAll(callees.getOrDefault(service, Set.of())));
					next.removeAll(reached);
					reached = new HashSet<>(reached);
					reached.addAll(next);
					frontier = next;
				}
				return OptionalInt.empty();
			}

		};
	}

}
