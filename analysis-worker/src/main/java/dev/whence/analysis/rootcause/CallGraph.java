package dev.whence.analysis.rootcause;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.whence.analysis.behaviour.Conduct;
import dev.whence.analysis.behaviour.Execution;
import dev.whence.analysis.evidence.Evidence;
import dev.whence.analysis.evidence.EvidenceClass;
import dev.whence.analysis.evidence.Scene;
import dev.whence.model.Signal;
import dev.whence.model.Span;

/**
 * Who calls whom, from everything that tells: the traces of the window and of normal
 * time, the topology, metrics of calls, calls that were alerted on or failed.
 */
final class CallGraph {

	private final Map<String, SortedSet<String>> callers = new TreeMap<>();

	private final Map<String, SortedSet<String>> callees = new TreeMap<>();

	private final Map<String, SortedSet<String>> tracedCallers = new TreeMap<>();

	private CallGraph() {
	}

	static CallGraph of(Scene scene, Collection<Evidence> evidence) {
		CallGraph graph = new CallGraph();
		scene.topology().callees().forEach((caller, some) -> some.forEach((callee) -> graph.add(caller, callee)));
		scene.reference().forEach(graph::add);
		graph.add(scene.window().counters());
		scene.window().executions().forEach(graph::traced);
		graph.addTraces(scene.failing());
		scene.observations()
			.forEach((alert) -> graph.add(alert.labels().getOrDefault("caller", ""),
					alert.labels().getOrDefault("service", alert.service())));
		scene.metrics().forEach((series) -> graph.add(series.source(), series.target()));
		evidence.stream()
			.filter((item) -> item.kind() == EvidenceClass.ERROR && item.peer() != null)
			.forEach((item) -> graph.add(String.valueOf(item.peer()), item.suspect().service()));
		return graph;
	}

	private void add(Conduct conduct) {
		conduct.gaps().keySet().forEach((edge) -> add(edge.caller(), edge.callee()));
	}

	private void traced(Execution execution) {
		Execution caller = execution.parent();
		if (caller != null && caller.crossesTo(execution)) {
			traced(caller.service(), execution.service());
		}
	}

	private void traced(String caller, String callee) {
		add(caller, callee);
		this.tracedCallers.computeIfAbsent(callee, (_) -> new TreeSet<>()).add(caller);
	}

	private void addTraces(Collection<Signal> signals) {
		Map<String, String> serviceOfSpan = new TreeMap<>();
		signals.forEach((signal) -> {
			if (signal instanceof Span span) {
				serviceOfSpan.put(span.traceId() + " " + span.spanId(), span.serviceName());
			}
		});
		signals.forEach((signal) -> {
			if (signal instanceof Span span && span.parentSpanId() != null) {
				String caller = serviceOfSpan.get(span.traceId() + " " + span.parentSpanId());
				if (caller != null && !caller.equals(span.serviceName())) {
					traced(caller, span.serviceName());
				}
			}
		});
	}

	private void add(String caller, String callee) {
		if (!caller.isEmpty() && !callee.isEmpty() && !caller.equals(callee)) {
			this.callees.computeIfAbsent(caller, (_) -> new TreeSet<>()).add(callee);
			this.callers.computeIfAbsent(callee, (_) -> new TreeSet<>()).add(caller);
		}
	}

	Set<String> callers(String service) {
		return this.callers.getOrDefault(service, new TreeSet<>());
	}

	Set<String> callees(String service) {
		return this.callees.getOrDefault(service, new TreeSet<>());
	}

	/** Whether a trace of the window shows the call. */
	boolean isTraced(String caller, String callee) {
		return this.tracedCallers.getOrDefault(callee, new TreeSet<>()).contains(caller);
	}

	/** Who is called by the same services. */
	Set<String> siblings(String service) {
		Set<String> siblings = new TreeSet<>();
		callers(service).forEach((caller) -> siblings.addAll(callees(caller)));
		siblings.remove(service);
		return siblings;
	}

}
