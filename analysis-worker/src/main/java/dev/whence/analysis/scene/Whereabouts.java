package dev.whence.analysis.scene;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Who and where a metric or a span is about, by the names that OpenTelemetry's
 * conventions, Prometheus and service meshes use.
 */
final class Whereabouts {

	private static final List<String> INSTANCE = List.of("service.instance.id", "k8s.pod.name", "pod", "pod_name",
			"instance", "container.name");

	private static final List<String> HOST = List.of("host.name", "k8s.node.name", "node", "node_name", "host");

	private static final List<String> CALLER = List.of("source", "client", "source_workload", "caller");

	private static final List<String> CALLEE = List.of("target", "server", "destination_workload", "callee");

	private Whereabouts() {
	}

	static String instance(Map<String, @Nullable Object> attributes, Map<String, @Nullable Object> resource) {
		return first(INSTANCE, resource, attributes);
	}

	static String host(Map<String, @Nullable Object> attributes, Map<String, @Nullable Object> resource) {
		return first(HOST, resource, attributes);
	}

	/** The calling service of a metric about a call; empty when it is about none. */
	static String caller(Map<String, @Nullable Object> attributes) {
		return first(CALLEE, attributes, Map.of()).isEmpty() ? "" : first(CALLER, attributes, Map.of());
	}

	/** The called service of a metric about a call; empty when it is about none. */
	static String callee(Map<String, @Nullable Object> attributes) {
		return first(CALLER, attributes, Map.of()).isEmpty() ? "" : first(CALLEE, attributes, Map.of());
	}

	private static String first(List<String> names, Map<String, @Nullable Object> one,
			Map<String, @Nullable Object> other) {
		for (Map<String, @Nullable Object> attributes : List.of(one, other)) {
			for (String name : names) {
				if (attributes.get(name) instanceof String text && !text.isBlank()) {
					return text;
				}
			}
		}
		return "";
	}

}
