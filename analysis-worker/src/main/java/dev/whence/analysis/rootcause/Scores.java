package dev.whence.analysis.rootcause;

import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.whence.analysis.behaviour.Conduct;
import dev.whence.analysis.evidence.Evidence;
import dev.whence.analysis.evidence.EvidenceClass;
import dev.whence.analysis.evidence.Scene;
import dev.whence.analysis.evidence.Topology;
import dev.whence.model.Span;

/**
 * What speaks for each suspect, in one number: the strongest evidence of each class,
 * saturated, and the sum over the classes. Failures are steps of an execution, too, so
 * that of {@link EvidenceClass#PATH} and {@link EvidenceClass#ERROR} the stronger one
 * counts. Where alerts are all there is, nothing is saturated: their classes are bounded
 * already.
 */
final class Scores {

	/** Beyond one in 10^8, digits say little: a class is worth less than that. */
	private static final double SATURATION = 8;

	/**
	 * A callee explains what its caller also sees at a silent peer from a third of the
	 * peer's score on; both are seen through the same calls, the peer's by failing ones
	 * alone.
	 */
	private static final double EXPLAINS_FROM = 1.0 / 3;

	/** What a peer keeps of the score of the service that explains it. */
	private static final double PEER_KEEPS = 0.5;

	private static final double DIGITS = 1000;

	private final Map<String, Double> byName;

	/** Peers that only their callers saw, and who explains them. */
	private final Map<String, String> explainedPeers;

	private Scores(Map<String, Double> byName, Map<String, String> explainedPeers) {
		this.byName = byName;
		this.explainedPeers = explainedPeers;
	}

	static Scores of(Scene scene, Collection<Evidence> evidence, CallGraph calls) {
		Map<String, Double> sums = sums(evidence, !scene.alertsOnly());
		Set<String> instrumented = instrumented(scene);
		Map<String, String> explained = new TreeMap<>();
		Map<String, Double> scores = new TreeMap<>(sums);
		sums.forEach((peer, sum) -> {
			if (!instrumented.contains(peer) && scene.topology().level(peer) == Topology.Level.SERVICE) {
				best(calls.siblings(peer), sums, instrumented, EXPLAINS_FROM * sum).ifPresent((service) -> {
					explained.put(peer, service);
					scores.merge(peer, PEER_KEEPS * sums.getOrDefault(service, 0.0), Math::min);
				});
			}
		});
		scores.replaceAll((_, score) -> rounded(score));
		scores.values().removeIf((score) -> score == 0);
		return new Scores(scores, explained);
	}

	private static Map<String, Double> sums(Collection<Evidence> evidence, boolean saturate) {
		Map<String, Map<EvidenceClass, Double>> strongest = new TreeMap<>();
		for (Evidence item : evidence) {
			double strength = saturate ? SATURATION * -Math.expm1(-item.strength() / SATURATION) : item.strength();
			strongest.computeIfAbsent(item.suspect().service(), (_) -> new EnumMap<>(EvidenceClass.class))
				.merge(counted(item.kind()), strength, Math::max);
		}
		Map<String, Double> sums = new TreeMap<>();
		strongest.forEach(
				(name, classes) -> sums.put(name, classes.values().stream().mapToDouble(Double::doubleValue).sum()));
		return sums;
	}

	private static EvidenceClass counted(EvidenceClass kind) {
		return (kind == EvidenceClass.ERROR) ? EvidenceClass.PATH : kind;
	}

	private static Optional<String> best(Collection<String> names, Map<String, Double> scores, Set<String> instrumented,
			double least) {
		return names.stream()
			.filter(instrumented::contains)
			.filter((name) -> scores.getOrDefault(name, 0.0) >= least)
			.max(Comparator.<String>comparingDouble(scores::get).thenComparing(Comparator.reverseOrder()));
	}

	/**
	 * Who sends telemetry of himself. Where there are no spans, a metric under a name is
	 * taken for one, unless the name is a network address.
	 */
	private static Set<String> instrumented(Scene scene) {
		Set<String> instrumented = new HashSet<>(scene.window().counters().services());
		for (Conduct block : scene.reference()) {
			instrumented.addAll(block.services());
		}
		scene.failing()
			.stream()
			.filter((signal) -> !(signal instanceof Span span) || !span.serviceName().isEmpty())
			.forEach((signal) -> instrumented.add(signal.serviceName()));
		scene.metrics()
			.stream()
			.map((series) -> series.service())
			.filter((name) -> !NetworkAddress.matches(name))
			.forEach(instrumented::add);
		if (scene.alertsOnly()) {
			scene.observations().forEach((observation) -> instrumented.add(observation.service()));
		}
		return instrumented;
	}

	/** Higher is more suspect; whom nothing speaks against is not in it. */
	Map<String, Double> byName() {
		return this.byName;
	}

	double of(String name) {
		return this.byName.getOrDefault(name, 0.0);
	}

	Map<String, String> explainedPeers() {
		return this.explainedPeers;
	}

	/** The most suspect first, equal scores by name. */
	List<Ranked> ranking(Topology topology) {
		return this.byName.keySet()
			.stream()
			.sorted(Comparator.<String>comparingDouble(this::of).reversed().thenComparing(Comparator.naturalOrder()))
			.map((name) -> new Ranked(name, topology.level(name), of(name)))
			.toList();
	}

	static double rounded(double score) {
		return Math.round(score * DIGITS) / DIGITS;
	}

}
