package dev.whence.analysis.evidence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;

import dev.whence.analysis.behaviour.ConductWindow;
import dev.whence.analysis.behaviour.Execution;
import dev.whence.analysis.behaviour.Operation;
import dev.whence.analysis.behaviour.Step;
import dev.whence.model.SignalType;
import org.jspecify.annotations.Nullable;

/**
 * Operations lost steps, took new ones or ended early: one item per deviation that no
 * service below explains, and one per service after whose calls others stop.
 */
final class PathEvidence {

	/** What fractions may leave of a strength that was handed over. */
	private static final double ROUNDING = 1e-9;

	private final List<Deviation> deviations;

	private final Executed executed;

	private final Sightings sightings;

	private final CallerOrCallee ends;

	private PathEvidence(ConductWindow window, Executed executed, Normal normal, CallDelays delays) {
		this.executed = executed;
		this.deviations = Deviations.in(window.counters(), normal);
		this.sightings = Sightings.of(this.deviations, window, delays);
		this.ends = CallerOrCallee.of(this.deviations, executed, this.sightings);
	}

	static List<Evidence> find(ConductWindow window, Executed executed, Normal normal, CallDelays delays) {
		PathEvidence path = new PathEvidence(window, executed, normal, delays);
		List<Evidence> found = new ArrayList<>();
		path.deviations.forEach((deviation) -> path.addOperation(deviation, found));
		path.ends.burdens().forEach((callee, burdens) -> found.add(path.callee(callee, burdens)));
		return found;
	}

	private void addOperation(Deviation deviation, List<Evidence> found) {
		List<Execution> showing = this.sightings.of(deviation);
		List<Execution> unexplained = showing.stream()
			.filter((execution) -> !this.sightings.isExplained(execution))
			.toList();
		double explained = showing.isEmpty() ? 0 : 1 - unexplained.size() / (double) showing.size();
		double surprise = deviation.surprise() * (1 - explained);
		double strength = surprise - this.ends.handOver(deviation, surprise);
		if (strength > ROUNDING && !unexplained.isEmpty()) {
			found.add(operation(deviation, strength, explained, unexplained));
		}
	}

	private Evidence operation(Deviation deviation, double strength, double explained, List<Execution> unexplained) {
		Operation operation = deviation.operation();
		Witnesses witnesses = Witnesses.of(unexplained);
		boolean statement = deviation.step() instanceof Step.Statement;
		return new Evidence(EvidenceClass.PATH,
				Suspect.codeRegion(operation.service(), operation.name(), deviation.region().say())
					.on(this.executed.instance(unexplained)),
				strength, Phrase.of(deviation, explained), proof(deviation, witnesses), witnesses.traceId(),
				SignalQuery.of(operation.service(), statement ? SignalType.LOG : SignalType.TRACE, unexplained),
				witnesses.at(), peer(deviation, witnesses.first()));
	}

	/** The new step itself where there is one, otherwise the executions. */
	private static List<UUID> proof(Deviation deviation, Witnesses witnesses) {
		if (deviation.kind() != Deviation.Kind.NEW) {
			return witnesses.spans();
		}
		return witnesses.executions()
			.stream()
			.limit(Witnesses.NAMED)
			.map((execution) -> execution.firstEvent(deviation.step()).signalId())
			.toList();
	}

	/** The other end when the course was left at a call. */
	private static @Nullable String peer(Deviation deviation, Execution witness) {
		Execution.Event last = witness.lastEvent();
		if (deviation.kind() == Deviation.Kind.NEW || last == null || last.call() == null) {
			return null;
		}
		String entered = last.call().entered();
		return (entered != null && !entered.equals(witness.service())) ? entered : last.call().silentPeer();
	}

	private Evidence callee(String callee, SortedMap<String, CallerOrCallee.Burden> burdens) {
		double strength = burdens.values().stream().mapToDouble(CallerOrCallee.Burden::surprise).sum();
		List<Execution> stopped = burdens.values()
			.stream()
			.map(CallerOrCallee.Burden::stopped)
			.flatMap(Collection::stream)
			.sorted(Comparator.comparing((Execution execution) -> execution.span().timestamp())
				.thenComparing((execution) -> execution.span().signalId()))
			.toList();
		Witnesses witnesses = Witnesses.of(stopped);
		String statement = "callers stop right after calling %s: %s, %d executions".formatted(callee,
				String.join(", ", burdens.keySet()), stopped.size());
		return new Evidence(EvidenceClass.PATH, Suspect.service(callee), strength, statement, witnesses.spans(),
				witnesses.traceId(), SignalQuery.of(witnesses.first().service(), SignalType.TRACE, stopped),
				witnesses.at(), witnesses.first().service());
	}

}
