package dev.whence.analysis.evidence;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

import dev.whence.analysis.behaviour.Conduct;
import dev.whence.analysis.behaviour.Crossing;
import dev.whence.analysis.behaviour.Durations;
import dev.whence.analysis.behaviour.Edge;

/**
 * Which calls between services take longer on the way than they do, and which end of them
 * explains it. A faulty service has most of its incoming, its outgoing or all its edges
 * hit; edges of it that are healthy speak against it.
 */
final class CallDelays {

	/** A median has to be measured against 30 % of itself at least. */
	private static final double RELATIVE = 0.3;

	/** One edge cannot outweigh several. */
	private static final double MOST_PER_EDGE = 6;

	/** A healthy edge speaks fully from so many calls on. */
	private static final double CALLS_OF_A_HEALTHY_EDGE = 3;

	private final SortedMap<Edge, Delay> delays = new TreeMap<>();

	private final SortedMap<String, Hypothesis> hypotheses = new TreeMap<>();

	private CallDelays() {
	}

	/** What is known of one edge. */
	record Delay(Edge edge, Shift shift, int calls) {

		private double surprise() {
			return Math.min(this.shift.surprise(), MOST_PER_EDGE);
		}

		private double healthy() {
			return Math.min(1, this.calls / CALLS_OF_A_HEALTHY_EDGE);
		}

	}

	/**
	 * A service has a slow network.
	 *
	 * @param which of its edges, in a word
	 * @param hit the edges that show it, the slowest first
	 */
	record Hypothesis(String service, double strength, String which, List<Delay> hit) {

		private static Hypothesis none(String service) {
			return new Hypothesis(service, 0, "", List.of());
		}

	}

	static CallDelays of(Conduct window, Normal normal) {
		CallDelays delays = new CallDelays();
		window.gaps().forEach((edge, gaps) -> {
			Durations reference = reference(edge, normal);
			if (reference.size() >= Normal.FEW) {
				Shift shift = Shift.of(reference.milliseconds(), gaps.milliseconds(), RELATIVE);
				delays.delays.put(edge, new Delay(edge, shift, gaps.size()));
			}
		});
		delays.services().forEach((service) -> delays.hypotheses.put(service, delays.explain(service)));
		return delays;
	}

	/** A short history is widened step by step: by the callee's other callers, by all. */
	private static Durations reference(Edge edge, Normal normal) {
		Durations reference = normal.durations((block) -> block.gap(edge));
		if (reference.size() < Normal.FEW) {
			reference = reference.plus(gaps(normal, (other) -> other.callee().equals(edge.callee())));
		}
		if (reference.size() < Normal.FEW) {
			reference = reference.plus(gaps(normal, (_) -> true));
		}
		return reference;
	}

	private static Durations gaps(Normal normal, Predicate<Edge> condition) {
		return Durations.sum(normal.reference()
			.stream()
			.flatMap((block) -> block.gaps().entrySet().stream())
			.filter((entry) -> condition.test(entry.getKey()))
			.map(Map.Entry::getValue)
			.toList());
	}

	/** The best explanation by each service that has one. */
	Collection<Hypothesis> hypotheses() {
		return this.hypotheses.values().stream().filter((hypothesis) -> hypothesis.strength() > 0).toList();
	}

	/** Whether the call took longer on the way than any usual one of a slow edge. */
	boolean isSlow(Crossing call) {
		Delay delay = this.delays.get(call.edge());
		return delay != null && delay.shift().isOne() && call.gapMilliseconds() > delay.shift().bound();
	}

	/** The end of the edge that explains its delay better. */
	String blamed(Edge edge) {
		return (strength(edge.caller()) > strength(edge.callee())) ? edge.caller() : edge.callee();
	}

	private double strength(String service) {
		Hypothesis hypothesis = this.hypotheses.get(service);
		return (hypothesis != null) ? hypothesis.strength() : 0;
	}

	private SortedSet<String> services() {
		SortedSet<String> services = new TreeSet<>();
		for (Edge edge : this.delays.keySet()) {
			services.add(edge.caller());
			services.add(edge.callee());
		}
		return services;
	}

	private Hypothesis explain(String service) {
		Hypothesis best = Hypothesis.none(service);
		best = stronger(best, explain(service, "incoming", (edge) -> edge.callee().equals(service)));
		best = stronger(best, explain(service, "outgoing", (edge) -> edge.caller().equals(service)));
		return stronger(best, explain(service, "all", (edge) -> edge.touches(service)));
	}

	private Hypothesis explain(String service, String which, Predicate<Edge> condition) {
		List<Delay> adjacent = this.delays.values().stream().filter((delay) -> condition.test(delay.edge())).toList();
		List<Delay> hit = adjacent.stream()
			.filter((delay) -> delay.shift().isOne())
			.sorted((one, other) -> Double.compare(other.surprise(), one.surprise()))
			.toList();
		double against = adjacent.stream().filter((delay) -> !delay.shift().isOne()).mapToDouble(Delay::healthy).sum();
		double strength = hit.stream().mapToDouble(Delay::surprise).sum() - against;
		return new Hypothesis(service, strength, which, hit);
	}

	private static Hypothesis stronger(Hypothesis one, Hypothesis other) {
		return (other.strength() > one.strength()) ? other : one;
	}

}
