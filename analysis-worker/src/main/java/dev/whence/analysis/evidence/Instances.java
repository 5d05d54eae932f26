package dev.whence.analysis.evidence;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.whence.analysis.behaviour.Execution;
import dev.whence.model.Span;

/** Tells whether trouble is confined to one instance of a service. */
final class Instances {

	/** Where telemetry says which instance it is from, the surest first. */
	private static final List<String> NAMES = List.of("service.instance.id", "k8s.pod.name", "instance");

	/** Once in a hundred times: so rarely may chance alone gather them on it. */
	private static final double CHANCE = 0.01;

	private Instances() {
	}

	/**
	 * The instance on which all the executions ran, unless that may be chance because
	 * others ran elsewhere; empty when there is none or it is not told.
	 * @param some executions of one service
	 * @param all all executions of that service in the window
	 */
	static String confining(List<Execution> some, List<Execution> all) {
		Set<String> instances = some.stream().map(Instances::of).collect(Collectors.toSet());
		if (instances.size() != 1) {
			return "";
		}
		String instance = instances.iterator().next();
		double share = all.stream().filter((execution) -> of(execution).equals(instance)).count()
				/ (double) Math.max(1, all.size());
		return (share == 1 || Math.pow(share, some.size()) < CHANCE) ? instance : "";
	}

	private static String of(Execution execution) {
		Span span = execution.span();
		for (String name : NAMES) {
			Object value = span.resource().getOrDefault(name, span.attributes().get(name));
			if (value instanceof String instance) {
				return instance;
			}
		}
		return "";
	}

}
