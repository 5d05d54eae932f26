package dev.whence.helm.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/**
 * The objects that a chart became.
 *
 * @param text as Helm printed it
 */
public record Rendered(String text, List<HasMetadata> objects) {

	private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

	/** Parses YAML documents; a field of a wrong type is an error. */
	public static Rendered of(String text) {
		List<HasMetadata> objects = new ArrayList<>();
		for (String document : text.split("(?m)^---\\s*$")) {
			if (document.lines().anyMatch((line) -> !line.isBlank() && !line.startsWith("#"))) {
				objects.add((HasMetadata) SERIALIZATION.unmarshal(document));
			}
		}
		return new Rendered(text, List.copyOf(objects));
	}

	public <T extends HasMetadata> List<T> all(Class<T> kind) {
		return this.objects.stream().filter(kind::isInstance).map(kind::cast).toList();
	}

	public <T extends HasMetadata> T one(Class<T> kind, String name) {
		return all(kind).stream()
			.filter((object) -> object.getMetadata().getName().equals(name))
			.findFirst()
			.orElseThrow(() -> new AssertionError("There is no " + kind.getSimpleName() + " " + name));
	}

	public boolean has(Class<? extends HasMetadata> kind, String name) {
		return all(kind).stream().anyMatch((object) -> object.getMetadata().getName().equals(name));
	}

	/** Objects whose kind has no model here. */
	public List<HasMetadata> ofKind(String kind) {
		return this.objects.stream().filter((object) -> object.getKind().equals(kind)).toList();
	}

	/** Pods by the object that makes them. */
	public List<Workload> workloads() {
		return this.objects.stream().flatMap((object) -> switch (object) {
			case Deployment deployment -> Stream.of(new Workload(deployment,
					deployment.getSpec().getSelector().getMatchLabels(), deployment.getSpec().getTemplate()));
			case StatefulSet set ->
				Stream.of(new Workload(set, set.getSpec().getSelector().getMatchLabels(), set.getSpec().getTemplate()));
			case Job job -> Stream.of(new Workload(job, Map.of(), job.getSpec().getTemplate()));
			default -> Stream.empty();
		}).toList();
	}

	/**
	 * @param selector which pods are its own; empty where Kubernetes chooses
	 */
	public record Workload(HasMetadata owner, Map<String, String> selector, PodTemplateSpec pod) {

		public String name() {
			return this.owner.getMetadata().getName();
		}

		public boolean isDemo() {
			return name().contains("-demo-");
		}

		@Override
		public String toString() {
			return this.owner.getKind() + " " + name();
		}

	}

}
