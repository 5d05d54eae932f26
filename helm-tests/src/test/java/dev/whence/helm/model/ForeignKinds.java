package dev.whence.helm.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;

/**
 * Kinds of operators for which there is no model at hand: the fields of their published
 * definitions that the chart may use, by path.
 */
final class ForeignKinds {

	private static final Map<String, Set<String>> FIELDS = Map.of("monitoring.coreos.com/v1 ServiceMonitor",
			Set.of("spec.selector.matchLabels.*", "spec.endpoints[].port", "spec.endpoints[].path",
					"spec.endpoints[].interval"),
			"monitoring.coreos.com/v1 PrometheusRule",
			Set.of("spec.groups[].name", "spec.groups[].rules[].alert", "spec.groups[].rules[].expr",
					"spec.groups[].rules[].for", "spec.groups[].rules[].labels.*",
					"spec.groups[].rules[].annotations.*"),
			"keda.sh/v1alpha1 ScaledObject",
			Set.of("spec.scaleTargetRef.name", "spec.pollingInterval", "spec.cooldownPeriod", "spec.minReplicaCount",
					"spec.maxReplicaCount", "spec.triggers[].type", "spec.triggers[].metricType",
					"spec.triggers[].metadata.query", "spec.triggers[].metadata.targetQueryValue",
					"spec.triggers[].authenticationRef.name"),
			"keda.sh/v1alpha1 TriggerAuthentication",
			Set.of("spec.secretTargetRef[].parameter", "spec.secretTargetRef[].name", "spec.secretTargetRef[].key"));

	private ForeignKinds() {
	}

	/**
	 * What the definition does not have; the whole object if it is of an unknown kind.
	 */
	static List<String> unknownFields(GenericKubernetesResource object) {
		String name = object.getKind() + " " + object.getMetadata().getName();
		Set<String> known = FIELDS.get(object.getApiVersion() + " " + object.getKind());
		if (known == null) {
			return List.of(name + " is of a kind that nobody described");
		}
		List<String> unknown = new ArrayList<>();
		visit("", object.getAdditionalProperties(), known, name, unknown);
		return unknown;
	}

	private static void visit(String path, Object value, Set<String> known, String name, List<String> unknown) {
		switch (value) {
			case Map<?, ?> map -> map.forEach(
					(key, one) -> visit(path.isEmpty() ? key.toString() : path + "." + key, one, known, name, unknown));
			case Collection<?> many -> many.forEach((one) -> visit(path + "[]", one, known, name, unknown));
			case null, default -> {
				String parent = path.replaceFirst("\\.[^.]*$", "");
				if (!known.contains(path) && known.stream()
					.noneMatch((one) -> one.endsWith(".*") && path.startsWith(one.substring(0, one.length() - 1)))
						&& !known.contains(parent + ".*")) {
					unknown.add(name + "." + path);
				}
			}
		}
	}

}
