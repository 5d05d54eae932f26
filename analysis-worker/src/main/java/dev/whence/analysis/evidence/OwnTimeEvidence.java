package dev.whence.analysis.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import dev.whence.analysis.behaviour.ConductWindow;
import dev.whence.analysis.behaviour.Durations;
import dev.whence.analysis.behaviour.Execution;
import dev.whence.analysis.behaviour.Operation;
import dev.whence.model.SignalType;

/**
 * An operation works longer itself. Not for spans that measure a call: what they take
 * belongs to the edge. The client's span of a call whose callee sends no spans is the
 * callee's time too, so that the evidence names it as the peer.
 */
final class OwnTimeEvidence {

	/** A median has to be measured against half of itself at least. */
	private static final double RELATIVE = 0.5;

	/** Fewer executions show nothing. */
	private static final int FEWEST = 3;

	private OwnTimeEvidence() {
	}

	static List<Evidence> find(ConductWindow window, Executed executed, Normal normal) {
		List<Evidence> found = new ArrayList<>();
		window.counters().operations().forEach((operation, habit) -> {
			if (habit.own().size() < FEWEST || habit.calling() || normal.isCalling(operation)) {
				return;
			}
			Durations reference = normal.durations((block) -> block.habit(operation).own());
			if (reference.size() < Normal.FEW) {
				return;
			}
			Shift shift = Shift.of(reference.milliseconds(), habit.own().milliseconds(), RELATIVE);
			if (shift.isOne()) {
				found.add(evidence(operation, shift, executed));
			}
		});
		return found;
	}

	private static Evidence evidence(Operation operation, Shift shift, Executed executed) {
		List<Execution> executions = executed.of(operation);
		List<Execution> slow = executions.stream()
			.filter((execution) -> execution.ownMilliseconds() > shift.bound())
			.toList();
		Witnesses witnesses = Witnesses.of(slow);
		String peer = slow.stream().map(Execution::silentPeer).filter(Objects::nonNull).findFirst().orElse(null);
		String statement = String.format(Locale.ROOT, "own time of %s %.1f -> %.1f ms (%d executions)",
				operation.name(), shift.normal(), shift.now(), executions.size());
		return new Evidence(EvidenceClass.OWN,
				Suspect.operation(operation.service(), operation.name()).on(executed.instance(slow)), shift.surprise(),
				statement, witnesses.spans(), witnesses.traceId(),
				SignalQuery.of(operation.service(), SignalType.TRACE, slow), witnesses.at(), peer);
	}

}
