package dev.whence.analysis.rootcause;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

import dev.whence.analysis.behaviour.Execution;
import dev.whence.analysis.evidence.Clues;
import dev.whence.analysis.evidence.Evidence;
import dev.whence.analysis.evidence.EvidenceClass;
import dev.whence.analysis.evidence.Scene;
import dev.whence.analysis.evidence.Topology;
import dev.whence.analysis.observation.Observation;
import org.jspecify.annotations.Nullable;

/** Who was not as usual, and what was seen of it first; blame is another question. */
final class Signs {

	/** A caller that spends that share of its time on one call is slow because of it. */
	private static final double WAITING_FROM = 0.5;

	private final Map<String, Clues.Sign> first = new TreeMap<>();

	private final Topology topology;

	private Signs(Topology topology) {
		this.topology = topology;
	}

	static Signs of(Scene scene, Clues clues) {
		Signs signs = new Signs(scene.topology());
		clues.signs().forEach(signs::add);
		clues.evidence()
			.stream()
			.filter((evidence) -> evidence.kind() != EvidenceClass.CHANGE)
			.forEach((evidence) -> signs.add(new Clues.Sign(evidence.suspect().service(), at(evidence, scene),
					evidence.statement(), evidence.signals())));
		for (Observation observation : scene.observations()) {
			signs.add(new Clues.Sign(observation.service(), observation.startsAt(), observation.title(), List.of()));
		}
		signs.addWaiting(scene, clues);
		return signs;
	}

	private static Instant at(Evidence evidence, Scene scene) {
		return (evidence.at() != null) ? evidence.at() : scene.from();
	}

	// What an instance shows, its service shows.
	private void add(Clues.Sign sign) {
		if (!sign.service().isEmpty()) {
			this.first.merge(sign.service(), sign, Signs::earlier);
			this.first.merge(this.topology.serviceOf(sign.service()), sign, Signs::earlier);
		}
	}

	private static Clues.Sign earlier(Clues.Sign one, Clues.Sign other) {
		int order = one.at().compareTo(other.at());
		return (order < 0 || order == 0 && one.statement().compareTo(other.statement()) <= 0) ? one : other;
	}

	// Who waits for slow work is slow without having evidence of its own.
	private void addWaiting(Scene scene, Clues clues) {
		Map<UUID, Execution> bySignal = new HashMap<>();
		scene.window().executions().forEach((execution) -> bySignal.put(execution.span().signalId(), execution));
		clues.evidence()
			.stream()
			.filter((evidence) -> Set.of(EvidenceClass.GAP, EvidenceClass.OWN).contains(evidence.kind()))
			.flatMap((evidence) -> evidence.signals().stream())
			.map(bySignal::get)
			.forEach(this::addWaiting);
	}

	private void addWaiting(@Nullable Execution slow) {
		Execution callee = slow;
		while (callee != null && callee.parent() != null && callee.parent() != slow) {
			Execution caller = callee.parent();
			Duration waited = callee.span().duration();
			Duration whole = caller.span().duration();
			if (waited.toNanos() < WAITING_FROM * whole.toNanos()) {
				return;
			}
			if (caller.crossesTo(callee)) {
				add(new Clues.Sign(caller.service(), caller.span().timestamp(), caller.operation().name() + " spent "
						+ waited.toMillis() + " of its " + whole.toMillis() + " ms waiting for " + callee.service(),
						List.of(caller.span().signalId())));
			}
			callee = caller;
		}
	}

	Clues.@Nullable Sign first(String name) {
		return this.first.get(name);
	}

	/** By name. */
	Map<String, Clues.Sign> byName() {
		return this.first;
	}

}
