package dev.whence.analysis.rootcause;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.whence.analysis.trace.FailedTrace;
import dev.whence.analysis.trace.Failure;

/**
 * Ranks the services of an incident by how well they explain it. A service is suspect in
 * so far as, over all failing traces,
 * <ul>
 * <li>it failed while nothing that it called did (the deepest failure), and
 * <li>its failure showed first (the onset).
 * </ul>
 * Depth counts more than onset where a call tree is known, because clocks of different
 * hosts disagree while parent and child never do. Everything is counted per failing
 * trace, so that a chatty service gains nothing. The result depends on the signals alone:
 * the same signals in any order give the same ranking, and ties are reported as ties.
 */
final class RootCauseRanker {

	/** Weights of the two kinds of evidence; a choice, not a fit to any data. */
	private static final double DEPTH = 0.6;

	private static final double ONSET = 0.4;

	/** Without a call tree both kinds rest on clocks alone. */
	private static final double CLOCKS_ALONE = 0.8;

	/** Below this lead over the second, the first is not told apart from it. */
	private static final double LEAST_LEAD = 0.1;

	private static final double CONCLUSIVE_FROM = 75;

	private static final int CONCLUSIVE_TRACES = 3;

	private static final int MAX_SIGNALS = 10;

	private static final int MAX_HYPOTHESES = 5;

	Findings rank(Collection<FailedTrace> traces) {
		List<FailedTrace> failed = traces.stream()
			.filter((trace) -> !trace.failures().isEmpty())
			.sorted(Comparator.comparing(FailedTrace::traceId))
			.toList();
		if (failed.isEmpty()) {
			return new Findings(Verdict.INCONCLUSIVE, 0, List.of(), List.of());
		}
		Map<String, Suspect> suspects = new TreeMap<>();
		failed.forEach((trace) -> accuse(trace, suspects));
		List<Suspect> ranked = suspects.values()
			.stream()
			.sorted(Comparator.comparingDouble((Suspect suspect) -> suspect.score(failed.size()))
				.reversed()
				.thenComparing(Suspect::service))
			.toList();
		return findings(failed, ranked);
	}

	private static void accuse(FailedTrace trace, Map<String, Suspect> suspects) {
		Collection<String> origins = trace.origins();
		String first = trace.failures().getFirst().service();
		for (String service : trace.services()) {
			Suspect suspect = suspects.computeIfAbsent(service, Suspect::new);
			suspect.failedIn(trace);
			if (origins.contains(service)) {
				suspect.deepestIn(trace, 1.0 / origins.size());
			}
			if (service.equals(first)) {
				suspect.firstIn(trace);
			}
		}
	}

	private static Findings findings(List<FailedTrace> failed, List<Suspect> ranked) {
		double best = ranked.getFirst().score(failed.size());
		double second = (ranked.size() > 1) ? ranked.get(1).score(failed.size()) : 0;
		double lead = (best - second) / best;
		List<Hypothesis> hypotheses = new ArrayList<>();
		List<RuledOut> ruledOut = new ArrayList<>();
		for (Suspect suspect : ranked) {
			double score = suspect.score(failed.size());
			if (score > 0 && hypotheses.size() < MAX_HYPOTHESES) {
				int rank = (!hypotheses.isEmpty() && hypotheses.getLast().score() == round(score))
						? hypotheses.getLast().rank() : hypotheses.size() + 1;
				hypotheses.add(suspect.hypothesis(rank, round(score), failed.size()));
			}
			else if (score == 0) {
				ruledOut.add(suspect.ruledOut());
			}
		}
		double confidence = confidence(failed, ranked.getFirst(), best, lead);
		return new Findings(verdict(failed, ranked.getFirst(), confidence, lead), confidence, hypotheses, ruledOut);
	}

	private static double confidence(List<FailedTrace> failed, Suspect suspect, double best, double lead) {
		double support = suspect.traces.size() / (suspect.traces.size() + 0.5);
		double certainty = failed.stream().anyMatch(FailedTrace::hasCallTree) ? 1 : CLOCKS_ALONE;
		return Math.round(1000 * best * (0.5 + 0.5 * lead) * support * certainty) / 10.0;
	}

	private static Verdict verdict(List<FailedTrace> failed, Suspect suspect, double confidence, double lead) {
		if (lead < LEAST_LEAD) {
			return Verdict.INCONCLUSIVE;
		}
		boolean agreed = suspect.deepest.size() >= CONCLUSIVE_TRACES && suspect.first.size() >= CONCLUSIVE_TRACES;
		return (agreed && confidence >= CONCLUSIVE_FROM && failed.stream().anyMatch(FailedTrace::hasCallTree))
				? Verdict.CONCLUSIVE : Verdict.LIKELY;
	}

	private static double round(double score) {
		return Math.round(score * 1000) / 1000.0;
	}

	/** What speaks for one service. */
	private static final class Suspect {

		private final String service;

		private final List<FailedTrace> traces = new ArrayList<>();

		private final List<FailedTrace> deepest = new ArrayList<>();

		private final List<FailedTrace> first = new ArrayList<>();

		private final Map<String, Integer> blamed = new TreeMap<>();

		private double depth;

		Suspect(String service) {
			this.service = service;
		}

		String service() {
			return this.service;
		}

		void failedIn(FailedTrace trace) {
			this.traces.add(trace);
			trace.failedCallees(this.service).forEach((callee) -> this.blamed.merge(callee, 1, Integer::sum));
		}

		void deepestIn(FailedTrace trace, double share) {
			this.deepest.add(trace);
			this.depth += share;
		}

		void firstIn(FailedTrace trace) {
			this.first.add(trace);
		}

		double score(int failedTraces) {
			return (DEPTH * this.depth + ONSET * this.first.size()) / failedTraces;
		}

		Hypothesis hypothesis(int rank, double score, int failedTraces) {
			List<FailedTrace> own = this.deepest.isEmpty() ? this.first : this.deepest;
			Map<String, List<Failure>> byTitle = own.stream()
				.flatMap((trace) -> failures(trace).stream())
				.collect(Collectors.groupingBy(Failure::title, LinkedHashMap::new, Collectors.toList()));
			List<Failure> mostFrequent = byTitle.values()
				.stream()
				.max(Comparator.comparingInt(List::size))
				.orElseThrow();
			Failure example = mostFrequent.getFirst();
			List<Evidence> evidence = new ArrayList<>();
			if (this.deepest.stream().anyMatch(FailedTrace::hasCallTree)) {
				evidence.add(evidence("deepest-failure", this.service + " failed and nothing that it called did, in "
						+ this.deepest.size() + " of " + failedTraces + " failing traces", this.deepest));
			}
			if (!this.first.isEmpty()) {
				evidence.add(evidence("error-onset", "its failure showed first in " + this.first.size() + " of "
						+ failedTraces + " failing traces" + lead(), this.first));
			}
			evidence.add(new Evidence("failure", example.said() + " (" + mostFrequent.size() + " times)",
					mostFrequent.stream().map(Failure::signalId).limit(MAX_SIGNALS).toList(),
					own.getFirst().traceId()));
			String operation = own.stream()
				.flatMap((trace) -> failures(trace).stream())
				.map(Failure::operation)
				.filter((name) -> !name.isEmpty())
				.findFirst()
				.orElse("");
			return new Hypothesis(rank, this.service, operation, score, this.service + ": " + example.said(), evidence);
		}

		RuledOut ruledOut() {
			if (this.blamed.isEmpty()) {
				return new RuledOut(this.service,
						"it failed only after others had, in all of its " + this.traces.size() + " failing traces");
			}
			String callee = this.blamed.entrySet()
				.stream()
				.max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry::getKey))
				.orElseThrow()
				.getKey();
			return new RuledOut(this.service, "it failed because " + callee + ", which it called, had failed, in "
					+ this.blamed.get(callee) + " of its " + this.traces.size() + " failing traces");
		}

		private Evidence evidence(String kind, String statement, List<FailedTrace> where) {
			return new Evidence(kind, statement,
					where.stream()
						.map((trace) -> failures(trace).getFirst().signalId())
						.distinct()
						.limit(MAX_SIGNALS)
						.toList(),
					where.getFirst().traceId());
		}

		private List<Failure> failures(FailedTrace trace) {
			return trace.failures().stream().filter((failure) -> failure.service().equals(this.service)).toList();
		}

		// By how much the others came later, in the middle trace.
		private String lead() {
			List<Duration> leads = this.first.stream()
				.map((trace) -> trace.failures()
					.stream()
					.filter((failure) -> !failure.service().equals(this.service))
					.findFirst()
					.map((next) -> Duration.between(failures(trace).getFirst().at(), next.at()))
					.orElse(Duration.ZERO))
				.filter(Duration::isPositive)
				.sorted()
				.toList();
			return leads.isEmpty() ? ""
					: ", " + leads.get(leads.size() / 2).toMillis() + " ms before the next service (median)";
		}

	}

}
