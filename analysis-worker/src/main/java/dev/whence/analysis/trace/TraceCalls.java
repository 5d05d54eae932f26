package dev.whence.analysis.trace;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.whence.model.Signal;
import dev.whence.model.Span;

/** Which services call which, as the spans of a trace say. */
public final class TraceCalls {

	private TraceCalls() {
	}

	/**
	 * Per calling service, the services it called.
	 * @param signals of one trace
	 */
	public static Map<String, Set<String>> of(Collection<Signal> signals) {
		Map<String, String> services = new HashMap<>();
		for (Signal signal : signals) {
			if (signal instanceof Span span) {
				// Client and server may share an id; the edge is seen from either side.
				services.merge(span.spanId(), span.serviceName(),
						(one, other) -> (one.compareTo(other) <= 0) ? one : other);
			}
		}
		Map<String, Set<String>> calls = new TreeMap<>();
		for (Signal signal : signals) {
			if (signal instanceof Span span && span.parentSpanId() != null) {
				String caller = services.get(span.parentSpanId());
				if (caller != null && !caller.equals(span.serviceName())) {
					calls.computeIfAbsent(caller, (_) -> new TreeSet<>()).add(span.serviceName());
				}
			}
		}
		return calls;
	}

}
