package dev.whence.analysis.evidence;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import dev.whence.analysis.behaviour.ConductWindow;
import dev.whence.analysis.behaviour.Crossing;
import dev.whence.analysis.behaviour.Edge;
import dev.whence.analysis.behaviour.Execution;
import dev.whence.model.SignalType;

/** The network of a service is slow: one item per service that explains slow calls. */
final class GapEvidence {

	private static final int EDGES_NAMED = 3;

	private GapEvidence() {
	}

	static List<Evidence> find(ConductWindow window, Executed executed, CallDelays delays) {
		return delays.hypotheses()
			.stream()
			.map((hypothesis) -> evidence(hypothesis, window, executed, delays))
			.toList();
	}

	private static Evidence evidence(CallDelays.Hypothesis hypothesis, ConductWindow window, Executed executed,
			CallDelays delays) {
		Edge slowest = hypothesis.hit().getFirst().edge();
		List<Crossing> calls = window.crossings().stream().filter((call) -> call.edge().equals(slowest)).toList();
		// The bound lies below the slowest calls, or the edge would not be hit.
		List<Execution> slow = calls.stream().filter(delays::isSlow).map(Crossing::caller).toList();
		String edges = hypothesis.hit()
			.stream()
			.limit(EDGES_NAMED)
			.map(GapEvidence::say)
			.collect(Collectors.joining("; "));
		String statement = "network time on %s calls of %s: %s".formatted(hypothesis.which(), hypothesis.service(),
				edges);
		Witnesses witnesses = Witnesses.of(slow);
		return new Evidence(EvidenceClass.GAP,
				Suspect.service(hypothesis.service()).on(executed.instance(own(hypothesis, window, delays))),
				hypothesis.strength(), statement, witnesses.spans(), witnesses.traceId(),
				SignalQuery.of(slowest.caller(), SignalType.TRACE, slow), witnesses.at(),
				slowest.otherThan(hypothesis.service()));
	}

	/** The service's own side of its slow calls. */
	private static List<Execution> own(CallDelays.Hypothesis hypothesis, ConductWindow window, CallDelays delays) {
		Set<Edge> hit = hypothesis.hit().stream().map(CallDelays.Delay::edge).collect(Collectors.toSet());
		return window.crossings()
			.stream()
			.filter((call) -> hit.contains(call.edge()) && delays.isSlow(call))
			.map((call) -> call.caller().service().equals(hypothesis.service()) ? call.caller() : call.callee())
			.toList();
	}

	private static String say(CallDelays.Delay delay) {
		return String.format(Locale.ROOT, "%s %.1f -> %.1f ms (%d calls)", delay.edge(), delay.shift().normal(),
				delay.shift().now(), delay.calls());
	}

}
