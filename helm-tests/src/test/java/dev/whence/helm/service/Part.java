package dev.whence.helm.service;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import dev.whence.helm.chart.Rendered;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.fabric8.kubernetes.api.model.apps.Deployment;

/** The services and what the chart calls them. */
enum Part {

	GATEWAY("gateway"), INGEST("ingest-service"), QUERY("query-service"), ANALYSIS("analysis-worker"),
	INSTRUMENTER("instrumenter-service"), CONTROL("control-service");

	private final String module;

	Part(String module) {
		this.module = module;
	}

	String module() {
		return this.module;
	}

	String label() {
		return name().toLowerCase(Locale.ROOT);
	}

	ServiceConfiguration configuration() {
		return ServiceConfiguration.of(this.module);
	}

	PodSpec pod(Rendered rendered) {
		return rendered.all(Deployment.class)
			.stream()
			.filter((deployment) -> label()
				.equals(deployment.getMetadata().getLabels().get("app.kubernetes.io/component")))
			.findFirst()
			.orElseThrow()
			.getSpec()
			.getTemplate()
			.getSpec();
	}

	Container container(Rendered rendered) {
		return pod(rendered).getContainers().getFirst();
	}

	/**
	 * All variables that its process sees, the ones of the shared settings among them.
	 */
	Map<String, String> variables(Rendered rendered) {
		Map<String, String> variables = new TreeMap<>();
		container(rendered).getEnvFrom()
			.forEach((source) -> variables
				.putAll(rendered.one(ConfigMap.class, source.getConfigMapRef().getName()).getData()));
		container(rendered).getEnv().forEach((variable) -> variables.put(variable.getName(), variable.getValue()));
		return variables;
	}

	/** The files of its configuration tree. */
	List<String> secretFiles(Rendered rendered) {
		return pod(rendered).getVolumes()
			.stream()
			.filter((volume) -> volume.getProjected() != null)
			.flatMap((volume) -> volume.getProjected().getSources().stream())
			.map(VolumeProjection::getSecret)
			.flatMap((secret) -> secret.getItems().stream())
			.map(KeyToPath::getPath)
			.toList();
	}

	static List<Part> all() {
		return Arrays.asList(values());
	}

}
