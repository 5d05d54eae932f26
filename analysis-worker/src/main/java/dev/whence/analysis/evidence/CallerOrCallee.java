package dev.whence.analysis.evidence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.whence.analysis.behaviour.Execution;
import dev.whence.analysis.behaviour.Operation;
import dev.whence.analysis.behaviour.Step;
import org.jspecify.annotations.Nullable;

/**
 * Decides who bears it when executions stop right after they called another service: the
 * callee, or the code behind the call. If they stop at several places of the code that
 * call it, it is the callee. If at one only, a callee that is visibly healthy is cleared,
 * otherwise each end bears half.
 */
final class CallerOrCallee {

	/** An edge has two ends. */
	private static final double SHARE = 0.5;

	/** As many places are several, and so many stops make a place count. */
	private static final int SEVERAL = 2;

	private final Executed executed;

	private final Sightings sightings;

	private final Map<String, Map<Place, Integer>> stops = new HashMap<>();

	private final Map<Operation, Map<String, Integer>> calls = new HashMap<>();

	/** By callee and caller. */
	private final SortedMap<String, SortedMap<String, Burden>> burdens = new TreeMap<>();

	/** Where in the code a call is made. */
	private record Place(Operation operation, Step before) {
	}

	/** What a callee bears because executions of a caller stop after calling it. */
	record Burden(double surprise, List<Execution> stopped) {
	}

	/** The executions that stopped after calling one service. */
	private static final class Stopped {

		private final List<Execution> executions = new ArrayList<>();

		private int healthy;

	}

	private CallerOrCallee(Executed executed, Sightings sightings) {
		this.executed = executed;
		this.sightings = sightings;
	}

	static CallerOrCallee of(List<Deviation> deviations, Executed executed, Sightings sightings) {
		CallerOrCallee decision = new CallerOrCallee(executed, sightings);
		deviations.stream()
			.filter((deviation) -> deviation.kind() == Deviation.Kind.ABORTED)
			.forEach(decision::countPlaces);
		return decision;
	}

	/**
	 * How much of the surprise callees bear instead of the operation; they are charged
	 * with it.
	 */
	double handOver(Deviation deviation, double surprise) {
		double handedOver = 0;
		List<Execution> showing = this.sightings.of(deviation);
		for (Map.Entry<String, Stopped> entry : stopped(deviation).entrySet()) {
			String callee = entry.getKey();
			Stopped stopped = entry.getValue();
			int count = stopped.executions.size();
			double borne = stopsAtSeveralPlaces(callee) ? count : SHARE * (count - stopped.healthy);
			double burden = surprise * Math.min(1, count / (double) Math.max(1, calls(deviation.operation(), callee)))
					* borne / showing.size();
			if (count >= SEVERAL && burden > 0) {
				handedOver += burden;
				this.burdens.computeIfAbsent(callee, (_) -> new TreeMap<>())
					.merge(deviation.operation().service(), new Burden(burden, stopped.executions),
							(one, other) -> (other.surprise() > one.surprise()) ? other : one);
			}
		}
		return handedOver;
	}

	/** What was handed over so far, by callee and caller. */
	SortedMap<String, SortedMap<String, Burden>> burdens() {
		return this.burdens;
	}

	private void countPlaces(Deviation deviation) {
		stopped(deviation).forEach((callee, stopped) -> stopped.executions
			.forEach((execution) -> this.stops.computeIfAbsent(callee, (_) -> new HashMap<>())
				.merge(new Place(deviation.operation(), execution.beforeLast()), 1, Integer::sum)));
	}

	private SortedMap<String, Stopped> stopped(Deviation deviation) {
		SortedMap<String, Stopped> stopped = new TreeMap<>();
		if (deviation.kind() == Deviation.Kind.NEW) {
			return stopped;
		}
		for (Execution execution : this.sightings.of(deviation)) {
			Execution call = lastCall(execution);
			if (call == null || this.sightings.isExplained(execution)) {
				continue;
			}
			String callee = call.entered();
			if (callee != null && !callee.equals(execution.service())) {
				Stopped after = stopped.computeIfAbsent(callee, (_) -> new Stopped());
				after.executions.add(execution);
				after.healthy += this.sightings.isHealthy(call) ? 1 : 0;
			}
		}
		return stopped;
	}

	private static @Nullable Execution lastCall(Execution execution) {
		Execution.Event last = execution.lastEvent();
		return (last != null) ? last.call() : null;
	}

	private boolean stopsAtSeveralPlaces(String callee) {
		return this.stops.getOrDefault(callee, Map.of())
			.values()
			.stream()
			.filter((count) -> count >= SEVERAL)
			.count() >= SEVERAL;
	}

	/** How many executions of the operation called the service. */
	private int calls(Operation operation, String callee) {
		return this.calls.computeIfAbsent(operation, this::countCalls).getOrDefault(callee, 0);
	}

	private Map<String, Integer> countCalls(Operation operation) {
		Map<String, Integer> count = new HashMap<>();
		for (Execution execution : this.executed.of(operation)) {
			Set<String> called = new HashSet<>();
			for (Execution child : execution.children()) {
				String entered = child.entered();
				if (entered != null) {
					called.add(entered);
				}
			}
			called.forEach((service) -> count.merge(service, 1, Integer::sum));
		}
		return count;
	}

}
