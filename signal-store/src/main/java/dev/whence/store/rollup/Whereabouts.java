package dev.whence.store.rollup;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The attributes of a resource that say which instance on which machine it is.
 */
final class Whereabouts {

	/**
	 * OpenTelemetry's resource conventions, and what Prometheus calls its targets.
	 */
	private static final Set<String> KEYS = Set.of("service.instance.id", "service.version", "service.namespace",
			"host.name", "host.id", "host.ip", "container.name", "container.id", "k8s.pod.name", "k8s.pod.uid",
			"k8s.node.name", "k8s.namespace.name", "k8s.deployment.name", "k8s.cluster.name", "cloud.region",
			"cloud.availability_zone", "instance", "host", "node", "pod", "container", "namespace");

	private Whereabouts() {
	}

	static Map<String, @Nullable Object> of(Map<String, @Nullable Object> resource) {
		Map<String, @Nullable Object> kept = new LinkedHashMap<>(resource);
		kept.keySet().retainAll(KEYS);
		return kept;
	}

}
