package dev.whence.analysis.evidence;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.whence.analysis.behaviour.ConductWindow;
import dev.whence.analysis.behaviour.Crossing;
import dev.whence.analysis.behaviour.Execution;
import dev.whence.analysis.behaviour.Operation;
import org.jspecify.annotations.Nullable;

/**
 * Which executions of the window show which deviation, and what the rest of their traces
 * tells about it: trouble of another service below explains it away.
 */
final class Sightings {

	private final Map<Deviation, List<Execution>> shown = new HashMap<>();

	private final Set<Execution> deviating = new HashSet<>();

	/** The other services below an execution that are in trouble. */
	private final Map<Execution, Set<String>> troubleBelow = new HashMap<>();

	private final Map<Execution, Inside> insides = new HashMap<>();

	private Sightings() {
	}

	/**
	 * What an execution and all that it called look like from inside.
	 *
	 * @param steps how many it took
	 * @param deviates whether any deviates
	 */
	private record Inside(int steps, boolean deviates) {

		private Inside plus(Inside other) {
			return new Inside(this.steps + other.steps, this.deviates || other.deviates);
		}

		private boolean isHealthy() {
			return this.steps > 0 && !this.deviates;
		}

	}

	static Sightings of(List<Deviation> deviations, ConductWindow window, CallDelays delays) {
		Sightings sightings = new Sightings();
		Map<Operation, List<Deviation>> byOperation = deviations.stream()
			.collect(Collectors.groupingBy(Deviation::operation));
		window.executions()
			.forEach((execution) -> sightings.see(execution,
					byOperation.getOrDefault(execution.operation(), List.of())));
		window.crossings()
			.stream()
			.filter(delays::isSlow)
			.forEach((call) -> sightings.blame(call, delays.blamed(call.edge())));
		sightings.lookInside(window.executions());
		return sightings;
	}

	private void see(Execution execution, List<Deviation> deviations) {
		for (Deviation deviation : deviations) {
			if (deviation.isShownBy(execution.course())) {
				this.shown.computeIfAbsent(deviation, (_) -> new ArrayList<>()).add(execution);
				if (this.deviating.add(execution)) {
					mark(execution.parent(), execution.service());
				}
			}
		}
	}

	private void blame(Crossing call, String service) {
		mark(call.caller(), service);
	}

	private void mark(@Nullable Execution from, String service) {
		for (Execution above = from; above != null; above = above.parent()) {
			if (!above.service().equals(service)
					&& !this.troubleBelow.computeIfAbsent(above, (_) -> new HashSet<>()).add(service)) {
				return;
			}
		}
	}

	private void lookInside(List<Execution> executions) {
		Deque<Execution> open = new ArrayDeque<>();
		executions.stream().filter((execution) -> execution.parent() == null).forEach(open::add);
		List<Execution> parentsFirst = new ArrayList<>(executions.size());
		while (!open.isEmpty()) {
			Execution next = open.poll();
			parentsFirst.add(next);
			open.addAll(next.children());
		}
		for (Execution execution : parentsFirst.reversed()) {
			Inside inside = new Inside(execution.events().size(), this.deviating.contains(execution));
			for (Execution child : execution.children()) {
				inside = inside.plus(this.insides.getOrDefault(child, new Inside(0, false)));
			}
			this.insides.put(execution, inside);
		}
	}

	/** The executions that show it, the earliest first. */
	List<Execution> of(Deviation deviation) {
		return this.shown.getOrDefault(deviation, List.of());
	}

	/** Whether a service below the execution deviates, or has a slow network. */
	boolean isExplained(Execution execution) {
		return this.troubleBelow.containsKey(execution);
	}

	/**
	 * Whether the other end of a call is visible inside and behaved as usual. Where the
	 * callee sends no spans, the call itself is looked at.
	 */
	boolean isHealthy(Execution call) {
		List<Execution> callees = call.children().stream().filter(call::crossesTo).toList();
		Inside inside = new Inside(0, false);
		for (Execution callee : callees.isEmpty() ? List.of(call) : callees) {
			inside = inside.plus(this.insides.getOrDefault(callee, new Inside(0, false)));
		}
		return inside.isHealthy();
	}

}
