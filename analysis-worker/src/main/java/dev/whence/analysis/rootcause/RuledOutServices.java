package dev.whence.analysis.rootcause;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.whence.analysis.behaviour.Conduct;
import dev.whence.analysis.behaviour.Execution;
import dev.whence.analysis.evidence.Clues;
import dev.whence.analysis.evidence.Scene;

/** Who is not the cause, and why not. */
final class RuledOutServices {

	private static final int MOST = 20;

	/** Who keeps more of the best score than that is a rival still. */
	private static final double RIVAL_FROM = 0.5;

	/** Fewer executions prove no health. */
	private static final int LEAST_EXECUTIONS = 5;

	/** When more services than that fall silent together, the telemetry was lost. */
	private static final int FALL_SILENT = 2;

	private final Map<String, String> reasons = new TreeMap<>();

	private final Scene scene;

	private final Scores scores;

	private RuledOutServices(Scene scene, Scores scores) {
		this.scene = scene;
		this.scores = scores;
	}

	static List<RuledOut> of(Scene scene, Clues clues, Scores scores, CallGraph calls, Signs signs) {
		RuledOutServices services = new RuledOutServices(scene, scores);
		double best = scores.byName().values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
		clues.excuses()
			.stream()
			.filter((excuse) -> scores.of(excuse.service()) < RIVAL_FROM * best || scores.of(excuse.service()) == 0)
			.forEach((excuse) -> services.reasons.putIfAbsent(excuse.service(), excuse.reason()));
		scores.explainedPeers()
			.forEach((peer, service) -> services.reasons.putIfAbsent(peer,
					"only its callers saw it, and " + service + ", which they call, too, explains what they saw"));
		services.silent();
		services.healthy(calls, signs);
		return services.reasons.entrySet()
			.stream()
			.limit(MOST)
			.map((reason) -> new RuledOut(reason.getKey(), reason.getValue()))
			.toList();
	}

	private void silent() {
		if (!this.scene.hasExecutions() || this.scene.reference().isEmpty()) {
			return;
		}
		Set<String> silent = new TreeSet<>();
		silent.addAll(this.scene.reference().getFirst().services());
		this.scene.reference().stream().map(Conduct::services).forEach(silent::retainAll);
		silent.removeAll(this.scene.window().counters().services());
		if (silent.size() > FALL_SILENT) {
			silent.stream()
				.filter((service) -> this.scores.of(service) == 0)
				.forEach((service) -> this.reasons.putIfAbsent(service,
						"its telemetry of the window is missing, as that of " + (silent.size() - 1)
								+ " others: lost on the way, which says nothing of it"));
		}
	}

	// Only who is next to a suspect is worth telling.
	private void healthy(CallGraph calls, Signs signs) {
		if (this.scene.reference().isEmpty()) {
			return;
		}
		Map<String, Integer> executions = new TreeMap<>();
		for (Execution execution : this.scene.window().executions()) {
			executions.merge(execution.service(), 1, Integer::sum);
		}
		Set<String> neighbours = new TreeSet<>();
		this.scores.ranking(this.scene.topology()).stream().limit(1).map(Ranked::service).forEach((cause) -> {
			neighbours.addAll(calls.callees(cause));
			neighbours.addAll(calls.callers(cause));
		});
		neighbours.stream()
			.filter((service) -> signs.first(service) == null)
			.filter((service) -> executions.getOrDefault(service, 0) >= LEAST_EXECUTIONS)
			.forEach((service) -> this.reasons.putIfAbsent(service,
					"all of its " + executions.get(service) + " executions in the window went as in normal time"));
	}

}
