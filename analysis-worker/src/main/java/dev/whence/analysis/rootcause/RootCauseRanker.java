package dev.whence.analysis.rootcause;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import dev.whence.analysis.evidence.Clues;
import dev.whence.analysis.evidence.Evidence;
import dev.whence.analysis.evidence.EvidenceClass;
import dev.whence.analysis.evidence.Scene;
import dev.whence.analysis.evidence.SceneEvidence;
import dev.whence.analysis.evidence.Suspect;
import dev.whence.analysis.evidence.Topology;
import dev.whence.analysis.observation.Source;
import dev.whence.model.Problem;
import dev.whence.model.Span;

/**
 * Names the cause of an incident. Every kind of evidence is measured on one scale, so
 * that the ranking is a sum; see {@link Scores}. The result depends on the scene alone:
 * the same scene in any order gives the same findings, and ties are reported as ties.
 * What signals say in words is told, never weighed.
 */
final class RootCauseRanker {

	/** Raised with every change that can change an answer. */
	static final String METHOD_VERSION = "4";

	/**
	 * Pieces of normal time below which how much they differ among themselves is not
	 * known: comparing with them makes nobody sure who is not sure without.
	 */
	private static final int LEAST_NORMAL = 5;

	private static final int MAX_RANKING = 20;

	private static final int MAX_HYPOTHESES = 5;

	private static final int MAX_EVIDENCE = 6;

	private static final int MAX_OPERATIONS = 50;

	private static final int MAX_TIMELINE = 60;

	Findings rank(Scene scene) {
		Clues clues = SceneEvidence.find(scene);
		CallGraph calls = CallGraph.of(scene, clues.evidence());
		Signs signs = Signs.of(scene, clues);
		Scores scores = Scores.of(scene, clues.evidence(), calls);
		List<Ranked> ranking = scores.ranking(scene.topology());
		List<PathStep> path = ranking.isEmpty() ? List.of()
				: new CausalPath(scene, calls, signs).from(ranking.getFirst().service());
		Certainty certainty = certainty(scene, ranking, clues.evidence(), calls, !path.isEmpty());
		return new Findings(METHOD_VERSION, certainty.verdict(), certainty.confidence(),
				new AnalysisWindow(scene.from(), scene.to(), scene.reference().size()),
				ranking.stream().limit(MAX_RANKING).toList(), hypotheses(ranking, clues.evidence()),
				Without.each(scene, clues.evidence(), calls), path,
				RuledOutServices.of(scene, clues, scores, calls, signs), blastRadius(scene, clues, signs),
				timeline(scene, clues));
	}

	private static Certainty certainty(Scene scene, List<Ranked> ranking, List<Evidence> evidence, CallGraph calls,
			boolean hasPath) {
		Certainty certainty = certainty(scene, ranking, hasPath && !scene.alertsOnly());
		if (certainty.verdict() != Verdict.CONCLUSIVE || scene.reference().size() >= LEAST_NORMAL) {
			return certainty;
		}
		List<Evidence> others = evidence.stream().filter((item) -> !item.kind().comparesExecutions()).toList();
		List<Ranked> without = Scores.of(scene, others, calls).ranking(scene.topology());
		boolean same = Ranked.first(without).equals(Ranked.first(ranking))
				&& certainty(scene, without, true).verdict() == Verdict.CONCLUSIVE;
		return same ? certainty : certainty(scene, ranking, false);
	}

	private static Certainty certainty(Scene scene, List<Ranked> ranking, boolean firm) {
		double best = ranking.isEmpty() ? 0 : ranking.getFirst().score();
		double second = (ranking.size() > 1) ? ranking.get(1).score() : 0;
		boolean executions = scene.hasExecutions() || !scene.failing().isEmpty();
		return Certainty.of(best, (best > 0) ? (best - second) / best : 0, executions, firm);
	}

	private static List<Hypothesis> hypotheses(List<Ranked> ranking, List<Evidence> evidence) {
		List<Hypothesis> hypotheses = new ArrayList<>();
		for (Ranked ranked : ranking.stream().limit(MAX_HYPOTHESES).toList()) {
			int rank = (!hypotheses.isEmpty() && hypotheses.getLast().score() == ranked.score())
					? hypotheses.getLast().rank() : hypotheses.size() + 1;
			hypotheses.add(hypothesis(rank, ranked, evidence));
		}
		return List.copyOf(hypotheses);
	}

	private static Hypothesis hypothesis(int rank, Ranked ranked, List<Evidence> all) {
		List<Evidence> own = all.stream()
			.filter((evidence) -> evidence.suspect().service().equals(ranked.service()))
			.toList();
		Suspect suspect = finest(own);
		return new Hypothesis(rank, ranked.service(), ranked.level(), suspect.operation(), suspect.codeRegion(),
				suspect.resource(), suspect.instance(), suspect.host(), ranked.score(),
				statement(ranked.service(), own), told(own).stream().map(Proof::of).toList());
	}

	// One of each class first, because they speak for different sides of the fault.
	private static List<Evidence> told(List<Evidence> strongestFirst) {
		Set<EvidenceClass> seen = new TreeSet<>();
		List<Evidence> told = new ArrayList<>(strongestFirst.stream().filter((item) -> seen.add(item.kind())).toList());
		strongestFirst.stream().filter((item) -> !told.contains(item)).forEach(told::add);
		return told.stream().limit(MAX_EVIDENCE).toList();
	}

	// The strongest evidence that tells: operation and code region belong together.
	private static Suspect finest(List<Evidence> strongestFirst) {
		List<Suspect> suspects = strongestFirst.stream().map(Evidence::suspect).toList();
		String operation = first(suspects.stream().map(Suspect::operation));
		String region = first(
				suspects.stream().filter((suspect) -> suspect.operation().equals(operation)).map(Suspect::codeRegion));
		return new Suspect("", operation, region, first(suspects.stream().map(Suspect::resource)),
				first(suspects.stream().map(Suspect::instance)), first(suspects.stream().map(Suspect::host)));
	}

	private static String first(Stream<String> names) {
		return names.filter((name) -> !name.isEmpty()).findFirst().orElse("");
	}

	private static String statement(String service, List<Evidence> strongestFirst) {
		String what = strongestFirst.stream()
			.filter((evidence) -> evidence.kind() != EvidenceClass.CHANGE)
			.map(Evidence::statement)
			.findFirst()
			.orElseThrow();
		String change = strongestFirst.stream()
			.filter((evidence) -> evidence.kind() == EvidenceClass.CHANGE)
			.map((evidence) -> "; " + evidence.statement())
			.findFirst()
			.orElse("");
		return service + ": " + what + change;
	}

	private static BlastRadius blastRadius(Scene scene, Clues clues, Signs signs) {
		Topology topology = scene.topology();
		List<String> services = signs.byName()
			.keySet()
			.stream()
			.filter((name) -> topology.level(name) == Topology.Level.SERVICE)
			.toList();
		Set<String> operations = new TreeSet<>();
		scene.failing()
			.stream()
			.filter((signal) -> signal instanceof Span span && span.failed())
			.forEach((signal) -> operations.add(signal.serviceName() + " " + ((Span) signal).name()));
		clues.evidence()
			.stream()
			.map(Evidence::suspect)
			.filter((suspect) -> !suspect.operation().isEmpty())
			.forEach((suspect) -> operations.add(suspect.service() + " " + suspect.operation()));
		long traces = scene.problems().stream().map(Problem::traceId).filter((id) -> id != null).distinct().count();
		return new BlastRadius(services, operations.stream().limit(MAX_OPERATIONS).toList(), (int) traces);
	}

	private static List<TimelineEntry> timeline(Scene scene, Clues clues) {
		Stream<TimelineEntry> changes = scene.changes()
			.stream()
			.filter((change) -> !change.at().isAfter(scene.to()))
			.map((change) -> new TimelineEntry(change.at(), change.what(), change.service(), TimelineEntry.Kind.CHANGE,
					List.of()));
		Stream<TimelineEntry> anomalies = Stream
			.concat(clues.signs().stream(), clues.evidence()
				.stream()
				.filter((item) -> item.at() != null && item.strength() >= 1 && isAnomaly(item.kind()))
				.map((item) -> new Clues.Sign(item.suspect().service(), item.at(), item.statement(), item.signals())))
			.map((sign) -> new TimelineEntry(sign.at(), sign.statement(), sign.service(), TimelineEntry.Kind.ANOMALY,
					sign.signals()));
		Stream<TimelineEntry> observations = scene.observations()
			.stream()
			.map((observation) -> new TimelineEntry(observation.startsAt(), observation.title(), observation.service(),
					(observation.source() == Source.ALERT) ? TimelineEntry.Kind.ALERT : TimelineEntry.Kind.DETECTION,
					List.of()));
		return Stream.of(changes, anomalies, observations)
			.flatMap((entries) -> entries)
			.distinct()
			.sorted(Comparator.comparing(TimelineEntry::at)
				.thenComparing(TimelineEntry::kind)
				.thenComparing(TimelineEntry::service)
				.thenComparing(TimelineEntry::what)
				.thenComparing((entry) -> entry.signals().toString()))
			.limit(MAX_TIMELINE)
			.toList();
	}

	// Changes and alerts have entries of their own, failures their first sign.
	private static boolean isAnomaly(EvidenceClass kind) {
		return switch (kind) {
			case PATH, GAP, OWN, RESOURCE -> true;
			case SLI, METRIC_ALERT, LOG_ALERT, CALL_ALERT, GROUP_ALERT, ERROR, CHANGE -> false;
		};
	}

}
