package dev.whence.analysis.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.whence.analysis.trace.FailedTrace;
import dev.whence.analysis.trace.Failure;
import dev.whence.model.LogRecord;
import dev.whence.model.Problem;
import dev.whence.model.Signal;
import dev.whence.model.Span;
import dev.whence.model.SpanKind;
import org.jspecify.annotations.Nullable;

/**
 * Who failed first and deepest. A service is suspect in so far as, over all failing
 * traces, it failed while nothing that it called did, and its failure showed before that
 * of the others of whom this is true. A service that failed because its callee had keeps
 * nothing: parent and child never disagree about who waits for whom, while clocks do.
 * Everything is counted per trace, so that a chatty service gains nothing.
 */
final class ErrorEvidence {

	/** Weights of depth and onset; a choice, not a fit to any data. */
	private static final double DEPTH = 0.6;

	private static final double ONSET = 0.4;

	/** In normal time one execution of ten thousand fails of itself. */
	private static final double ONE_TRACE = 4;

	/**
	 * Traces of one incident show one fault, so ten of them are no ten witnesses: each
	 * tenfold counts as one more.
	 */
	private static final double TENFOLD = 4;

	/** Where clocks alone tell who failed first. */
	private static final double CLOCKS_ALONE = 0.8;

	/** ... and more traces tell no more than this, which is below a sure verdict. */
	private static final double MOST_WITHOUT_CALL_TREE = 5;

	/** A failing call whose callee is silent has two ends. */
	private static final double ONE_END = 0.5;

	private static final int MAX_SIGNALS = 10;

	/** Who was called, for spans of clients; the surest first. */
	private static final List<String> PEERS = List.of("peer.service", "server.address", "net.peer.name",
			"db.system.name", "db.system", "messaging.system");

	private final SortedMap<String, Failing> failing = new TreeMap<>();

	/** Per peer that is silent, per caller, the traces in which calls to it failed. */
	private final SortedMap<String, SortedMap<String, List<FailedTrace>>> silentPeers = new TreeMap<>();

	private final Scene scene;

	private final List<FailedTrace> traces;

	private final UnusualErrors unusual;

	private ErrorEvidence(Scene scene) {
		this.scene = scene;
		this.unusual = new UnusualErrors(scene);
		Map<String, List<Problem>> problems = scene.problems()
			.stream()
			.collect(Collectors.groupingBy((problem) -> trace(problem.traceId())));
		Map<String, List<Signal>> signals = scene.failing()
			.stream()
			.collect(Collectors.groupingBy((signal) -> trace(signal.traceId())));
		this.traces = new TreeMap<>(problems).entrySet()
			.stream()
			.map((trace) -> FailedTrace.of(trace.getKey(), signals.getOrDefault(trace.getKey(), List.of()),
					trace.getValue()))
			.filter((trace) -> !trace.failures().isEmpty())
			.toList();
		this.traces.forEach(this::read);
		this.traces.forEach((trace) -> readSilentPeers(trace, signals.getOrDefault(trace.traceId(), List.of())));
	}

	static void find(Scene scene, Clues clues) {
		ErrorEvidence errors = new ErrorEvidence(scene);
		errors.failing.values().forEach((failing) -> errors.tell(failing, clues));
		errors.silentPeers.forEach((peer, callers) -> errors.tellPeer(peer, callers, clues));
	}

	private static String trace(@Nullable Object id) {
		return (id != null) ? id.toString() : "";
	}

	private void read(FailedTrace trace) {
		Set<String> origins = new TreeSet<>(trace.origins());
		String first = trace.failures()
			.stream()
			.map(Failure::service)
			.filter(origins::contains)
			.findFirst()
			.orElseThrow();
		for (String service : trace.services()) {
			Failing one = this.failing.computeIfAbsent(service, Failing::new);
			one.failedIn(trace);
			if (origins.contains(service)) {
				one.deepestIn(trace, 1.0 / origins.size());
			}
			if (service.equals(first)) {
				one.firstIn(trace);
			}
		}
	}

	private void readSilentPeers(FailedTrace trace, List<Signal> signals) {
		Set<String> parents = signals.stream()
			.filter(Span.class::isInstance)
			.map((signal) -> String.valueOf(((Span) signal).parentSpanId()))
			.collect(Collectors.toSet());
		for (Signal signal : signals) {
			if (signal instanceof Span span && span.failed() && span.kind() == SpanKind.CLIENT
					&& !parents.contains(span.spanId()) && trace.origins().contains(span.serviceName())) {
				String peer = peer(span);
				if (!peer.isEmpty() && !peer.equals(span.serviceName())) {
					List<FailedTrace> failed = this.silentPeers.computeIfAbsent(peer, (_) -> new TreeMap<>())
						.computeIfAbsent(span.serviceName(), (_) -> new ArrayList<>());
					if (!failed.contains(trace)) {
						failed.add(trace);
					}
				}
			}
		}
	}

	private static String peer(Span span) {
		return PEERS.stream()
			.map((name) -> span.attributes().get(name))
			.filter((value) -> value instanceof String text && !text.isBlank())
			.map(String::valueOf)
			.findFirst()
			.orElse("");
	}

	private void tell(Failing failing, Clues clues) {
		Failure firstSign = failing.failures(failing.traces.getFirst()).getFirst();
		for (FailedTrace trace : failing.traces) {
			Failure sign = failing.failures(trace).getFirst();
			firstSign = sign.at().isBefore(firstSign.at()) ? sign : firstSign;
		}
		clues.deviates(
				new Clues.Sign(failing.service, firstSign.at(), firstSign.title(), List.of(firstSign.signalId())));
		double share = (DEPTH * failing.depth + ONSET * failing.first.size()) / this.traces.size();
		if (share == 0) {
			clues.excuse(failing.excuse());
			return;
		}
		double strength = share * strength(Math.max(failing.deepest.size(), failing.first.size()));
		boolean calledByMany = this.silentPeers.values()
			.stream()
			.anyMatch((callers) -> callers.size() > 1 && callers.containsKey(failing.service));
		accuse(failing, Math.min(strength * (calledByMany ? ONE_END : 1), surpriseOfLogs(failing)), clues);
	}

	private double strength(int agreeing) {
		double strength = ONE_TRACE + TENFOLD * Math.log10(Math.max(1, agreeing));
		if (this.traces.stream().anyMatch(FailedTrace::hasCallTree)) {
			return strength;
		}
		return Math.min(MOST_WITHOUT_CALL_TREE, strength) * ((this.failing.size() > 1) ? CLOCKS_ALONE : 1);
	}

	private void accuse(Failing failing, double strength, Clues clues) {
		List<FailedTrace> own = failing.deepest.isEmpty() ? failing.first : failing.deepest;
		List<Failure> mostFrequent = own.stream()
			.flatMap((trace) -> failing.failures(trace).stream())
			.collect(Collectors.groupingBy(Failure::title, LinkedHashMap::new, Collectors.toList()))
			.values()
			.stream()
			.max(Comparator.comparingInt(List::size))
			.orElseThrow();
		String operation = own.stream()
			.flatMap((trace) -> failing.failures(trace).stream())
			.map(Failure::operation)
			.filter((name) -> !name.isEmpty())
			.findFirst()
			.orElse("");
		Suspect suspect = Suspect.operation(failing.service, operation);
		Instant at = failing.traces.stream()
			.map((trace) -> failing.failures(trace).getFirst().at())
			.min(Comparator.naturalOrder())
			.orElseThrow();
		Failure example = mostFrequent.getFirst();
		clues.accuse(evidence(suspect, strength,
				example.said() + ((mostFrequent.size() > 1) ? " (" + mostFrequent.size() + " times)" : ""),
				mostFrequent.stream().map(Failure::signalId).limit(MAX_SIGNALS).toList(), own, at));
		if (failing.deepest.stream().anyMatch(FailedTrace::hasCallTree)) {
			clues.accuse(evidence(suspect, DEPTH * strength,
					failing.service + " failed and nothing that it called did, in " + failing.deepest.size() + " of "
							+ this.traces.size() + " failing traces",
					failing.firstSignals(failing.deepest), failing.deepest, at));
		}
		if (!failing.first.isEmpty()) {
			clues.accuse(evidence(suspect, ONSET * strength,
					"its failure showed first in " + failing.first.size() + " of " + this.traces.size()
							+ " failing traces" + failing.lead(),
					failing.firstSignals(failing.first), failing.first, at));
		}
	}

	private static Evidence evidence(Suspect suspect, double strength, String statement, List<UUID> signals,
			List<FailedTrace> where, Instant at) {
		String trace = where.getFirst().traceId();
		return new Evidence(EvidenceClass.ERROR, suspect, strength, statement, signals, trace.isEmpty() ? null : trace,
				trace.isEmpty() ? null : SignalQuery.trace(trace), at, null);
	}

	// One caller that cannot reach it may be itself to blame; several hardly.
	private void tellPeer(String peer, SortedMap<String, List<FailedTrace>> callers, Clues clues) {
		List<FailedTrace> failed = this.traces.stream()
			.filter((trace) -> callers.values().stream().anyMatch((some) -> some.contains(trace)))
			.toList();
		double share = failed.size() / (double) this.traces.size();
		double strength = share * strength(failed.size()) * ((callers.size() > 1) ? 1 : ONE_END);
		Instant at = failed.stream()
			.map((trace) -> trace.failures().getFirst().at())
			.min(Comparator.naturalOrder())
			.orElseThrow();
		clues.accuse(new Evidence(EvidenceClass.ERROR, Suspect.service(peer), strength,
				"calls to it from " + String.join(", ", callers.keySet()) + " failed in " + failed.size() + " of "
						+ this.traces.size() + " failing traces; it sends no spans itself",
				failed.stream().map((trace) -> trace.failures().getFirst().signalId()).limit(MAX_SIGNALS).toList(),
				failed.getFirst().traceId(), SignalQuery.trace(failed.getFirst().traceId()), at, callers.firstKey()));
	}

	// A service that logs as many errors in normal time shows nothing with them.
	private double surpriseOfLogs(Failing failing) {
		Set<UUID> logs = this.scene.failing()
			.stream()
			.filter(LogRecord.class::isInstance)
			.map(Signal::signalId)
			.collect(Collectors.toSet());
		boolean onlyLogs = failing.traces.stream()
			.flatMap((trace) -> failing.failures(trace).stream())
			.allMatch((failure) -> logs.contains(failure.signalId()));
		return onlyLogs ? this.unusual.surprise(failing.service).orElse(Double.MAX_VALUE) : Double.MAX_VALUE;
	}

	/** One service that failed. */
	private static final class Failing {

		private final String service;

		private final List<FailedTrace> traces = new ArrayList<>();

		private final List<FailedTrace> deepest = new ArrayList<>();

		private final List<FailedTrace> first = new ArrayList<>();

		private final Map<String, Integer> blamed = new HashMap<>();

		private double depth;

		Failing(String service) {
			this.service = service;
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

		List<Failure> failures(FailedTrace trace) {
			return trace.failures().stream().filter((failure) -> failure.service().equals(this.service)).toList();
		}

		List<UUID> firstSignals(List<FailedTrace> where) {
			return where.stream()
				.map((trace) -> failures(trace).getFirst().signalId())
				.distinct()
				.limit(MAX_SIGNALS)
				.toList();
		}

		Clues.Excuse excuse() {
			if (this.blamed.isEmpty()) {
				return new Clues.Excuse(this.service, "",
						"it failed only after others had, in all of its " + this.traces.size() + " failing traces");
			}
			String callee = this.blamed.entrySet()
				.stream()
				.max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry::getKey))
				.orElseThrow()
				.getKey();
			return new Clues.Excuse(this.service, callee,
					"it failed because " + callee + ", which it called, had failed, in " + this.blamed.get(callee)
							+ " of its " + this.traces.size() + " failing traces");
		}

		// By how much the others came later, in the middle trace.
		String lead() {
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
