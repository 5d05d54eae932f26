package dev.whence.analysis.rootcause;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import dev.whence.analysis.evidence.Clues;
import dev.whence.analysis.evidence.Scene;
import dev.whence.analysis.evidence.Topology;
import dev.whence.analysis.evidence.Trigger;
import dev.whence.model.Span;

/**
 * How trouble spreads: from a callee to its caller, from a host to what runs on it, from
 * an instance to its service. Each step is a connection that exists, to somebody who was
 * not as usual, and who was not so clearly before the one that he had it from.
 */
final class CausalPath {

	/**
	 * Metrics come by the minute, alarms a little late, and clocks of hosts disagree: so
	 * much earlier an effect may be seen than its cause.
	 */
	private static final Duration TOLERANCE = Duration.ofMinutes(1);

	private final Scene scene;

	private final CallGraph calls;

	private final Signs signs;

	CausalPath(Scene scene, CallGraph calls, Signs signs) {
		this.scene = scene;
		this.calls = calls;
		this.signs = signs;
	}

	/**
	 * From the cause to where the trouble was noticed: the service of the trigger, or the
	 * entry of the failing traces, or else as far up as trouble can be followed. One step
	 * from the cause to itself when it is that place. Empty when the trouble was noticed
	 * elsewhere and nothing connects the two.
	 */
	List<PathStep> from(String cause) {
		Clues.Sign sign = this.signs.first(cause);
		if (sign == null) {
			return List.of();
		}
		Set<String> symptoms = symptoms();
		if (symptoms.contains(cause)) {
			return List.of(entry(cause, sign));
		}
		Map<String, String> cameFrom = spread(cause);
		String end = symptoms.isEmpty() ? last(cameFrom)
				: symptoms.stream().filter(cameFrom::containsKey).findFirst().orElse("");
		if (end.equals(cause)) {
			return List.of(entry(cause, sign));
		}
		LinkedList<PathStep> path = new LinkedList<>();
		for (String to = end; !to.isEmpty() && !to.equals(cause); to = cameFrom.getOrDefault(to, "")) {
			path.addFirst(step(cameFrom.getOrDefault(to, ""), to));
		}
		return List.copyOf(path);
	}

	private Set<String> symptoms() {
		if (!this.scene.alertsOnly() && this.scene.trigger().isPresent()) {
			return Set.of(this.scene.trigger().map(Trigger::service).orElseThrow());
		}
		return entriesOfFailingTraces();
	}

	// The services that started the failing spans of which no caller is known to have
	// failed.
	private Set<String> entriesOfFailingTraces() {
		List<Span> failed = this.scene.failing()
			.stream()
			.filter(Span.class::isInstance)
			.map(Span.class::cast)
			.filter(Span::failed)
			.toList();
		Set<String> ids = new HashSet<>();
		failed.forEach((span) -> ids.add(span.traceId() + " " + span.spanId()));
		Set<String> entries = new TreeSet<>();
		failed.stream()
			.filter((span) -> !ids.contains(span.traceId() + " " + span.parentSpanId()))
			.forEach((span) -> entries.add(span.serviceName()));
		return entries;
	}

	// Breadth first, names in order: the shortest way, always the same.
	private Map<String, String> spread(String cause) {
		Map<String, String> cameFrom = new LinkedHashMap<>(Map.of(cause, ""));
		Deque<String> next = new ArrayDeque<>(List.of(cause));
		while (!next.isEmpty()) {
			String from = next.remove();
			for (String to : neighbours(from)) {
				if (!cameFrom.containsKey(to) && follows(from, to)) {
					cameFrom.put(to, from);
					next.add(to);
				}
			}
		}
		return cameFrom;
	}

	private Collection<String> neighbours(String name) {
		Topology topology = this.scene.topology();
		Set<String> neighbours = new TreeSet<>(this.calls.callers(name));
		neighbours.addAll(topology.hosted().getOrDefault(name, Set.of()));
		neighbours.add(topology.serviceOf(name));
		neighbours.remove(name);
		return neighbours;
	}

	private boolean follows(String from, String to) {
		Clues.Sign cause = this.signs.first(from);
		Clues.Sign effect = this.signs.first(to);
		return cause != null && effect != null && !effect.at().plus(TOLERANCE).isBefore(cause.at());
	}

	private static String last(Map<String, String> cameFrom) {
		Map<String, Integer> depths = new HashMap<>();
		cameFrom.forEach((to, from) -> depths.put(to, depths.getOrDefault(from, -1) + 1));
		return depths.keySet()
			.stream()
			.max(Comparator.<String>comparingInt(depths::get).thenComparing(Comparator.reverseOrder()))
			.orElseThrow();
	}

	private PathStep step(String from, String to) {
		Clues.Sign sign = Objects.requireNonNull(this.signs.first(to));
		boolean call = this.calls.callers(from).contains(to);
		PathStep.Kind kind = !call ? PathStep.Kind.PLACE
				: this.calls.isTraced(to, from) ? PathStep.Kind.TRACE : PathStep.Kind.CALL;
		String connection = call ? " calls " + from
				: this.scene.topology().level(from) == Topology.Level.HOST ? " runs on " + from : " includes " + from;
		return new PathStep(from, to, kind, to + connection + ": " + sign.statement(), sign.at(), sign.signals());
	}

	private static PathStep entry(String cause, Clues.Sign sign) {
		return new PathStep(cause, cause, PathStep.Kind.ENTRY, cause + " is where it was noticed: " + sign.statement(),
				sign.at(), sign.signals());
	}

}
