package dev.whence.instrumenter.manifest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.whence.instrumenter.language.ContainerFacts;
import dev.whence.instrumenter.language.ContainerFacts.Fact;
import dev.whence.instrumenter.manifest.YamlNode.Entry;
import dev.whence.instrumenter.manifest.YamlNode.Mapping;
import dev.whence.instrumenter.manifest.YamlNode.Scalar;
import dev.whence.instrumenter.manifest.YamlNode.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * A pod template as a reader sees it: aliases followed, merge keys merged. For looking
 * only; edits go to the nodes themselves.
 */
final class PodTemplate {

	/** Merging is for looking only; a bomb of merges is not worth looking at. */
	private static final int LARGEST_MERGE = 500;

	private static final List<String> OS_LABELS = List.of("kubernetes.io/os", "beta.kubernetes.io/os");

	/** What pods ask the webhooks of meshes and the like with, as label or annotation. */
	private static final Map<String, String> PROXIES = Map.of("sidecar.istio.io/inject", "true", "linkerd.io/inject",
			"enabled", "dapr.io/enabled", "true", "consul.hashicorp.com/connect-inject", "true",
			"kuma.io/sidecar-injection", "enabled", "vault.hashicorp.com/agent-inject", "true",
			"appmesh.k8s.aws/sidecarInjectorWebhook", "enabled", "openservicemesh.io/sidecar-injection", "enabled");

	private final YamlDocument document;

	private final Mapping template;

	PodTemplate(YamlDocument document, Mapping template) {
		this.document = document;
		this.template = template;
	}

	/** The annotations in effect; null values included. */
	Map<String, Entry> annotations() {
		Map<String, Entry> all = new LinkedHashMap<>();
		Mapping metadata = child(this.template, "metadata");
		Mapping annotations = (metadata != null) ? child(metadata, "annotations") : null;
		if (annotations != null) {
			collect(annotations, all, 0);
		}
		return all;
	}

	/** Whether a webhook will add a proxy of its own to the pod. */
	boolean asksForProxy() {
		Mapping metadata = child(this.template, "metadata");
		if (metadata == null) {
			return false;
		}
		for (String place : List.of("labels", "annotations")) {
			Mapping values = child(metadata, place);
			for (Map.Entry<String, String> webhook : PROXIES.entrySet()) {
				if (values != null && value(values, webhook.getKey()) instanceof Scalar scalar
						&& scalar.value().equalsIgnoreCase(webhook.getValue())) {
					return true;
				}
			}
		}
		return false;
	}

	/**
	 * Whether the pod asks for a node with Windows, by today's label or the former one.
	 */
	boolean isWindows() {
		Mapping spec = spec();
		Mapping selector = (spec != null) ? child(spec, "nodeSelector") : null;
		return selector != null && OS_LABELS.stream().anyMatch((label) -> "windows".equals(selector.text(label)));
	}

	@Nullable Mapping spec() {
		return child(this.template, "spec");
	}

	List<Mapping> containers() {
		return mappings("containers");
	}

	List<Mapping> initContainers() {
		return mappings("initContainers");
	}

	private List<Mapping> mappings(String key) {
		Mapping spec = spec();
		return (spec != null) ? items(spec, key) : List.of();
	}

	/** The mappings of a sequence. */
	List<Mapping> items(Mapping mapping, String key) {
		List<Mapping> items = new ArrayList<>();
		if (value(mapping, key) instanceof Sequence sequence) {
			for (YamlNode item : sequence.items()) {
				if (this.document.resolve(item) instanceof Mapping found) {
					items.add(found);
				}
			}
		}
		return items;
	}

	@Nullable Mapping child(Mapping mapping, String key) {
		return (value(mapping, key) instanceof Mapping child) ? child : null;
	}

	/** The value of a key, its own or a merged one. */
	@Nullable YamlNode value(Mapping mapping, String key) {
		Entry entry = mapping.find(key);
		if (entry == null && mapping.find("<<") != null) {
			Map<String, Entry> all = new LinkedHashMap<>();
			collect(mapping, all, 0);
			entry = all.get(key);
		}
		return (entry != null) ? this.document.resolve(entry.value()) : null;
	}

	private void collect(Mapping mapping, Map<String, Entry> into, int depth) {
		for (Entry entry : mapping.entries()) {
			String name = entry.name();
			if (name != null && !name.equals("<<")) {
				into.putIfAbsent(name, entry);
			}
		}
		Entry merge = mapping.find("<<");
		if (merge != null && depth < 2) {
			YamlNode value = this.document.resolve(merge.value());
			List<YamlNode> sources = (value instanceof Sequence sequence) ? sequence.items() : List.of(value);
			for (YamlNode source : sources.subList(0, Math.min(8, sources.size()))) {
				if (this.document.resolve(source) instanceof Mapping merged
						&& merged.entries().size() <= LARGEST_MERGE) {
					collect(merged, into, depth + 1);
				}
			}
		}
	}

	/** What a container says about itself. */
	ContainerFacts facts(Mapping container) {
		List<Fact> command = new ArrayList<>();
		words(container, "command", command);
		words(container, "args", command);
		List<Fact> environment = new ArrayList<>();
		List<Mapping> variables = items(container, "env");
		for (int i = 0; i < variables.size(); i++) {
			Entry name = variables.get(i).find("name");
			if (name != null && name.value() instanceof Scalar scalar) {
				environment.add(new Fact(scalar.value(), "env[" + i + "].name", scalar.at().line() + 1));
			}
		}
		Fact image = (value(container, "image") instanceof Scalar scalar && !scalar.isNull())
				? new Fact(scalar.value(), "image", scalar.at().line() + 1) : null;
		String name = container.text("name");
		return new ContainerFacts((name != null) ? name : "", image, command, environment);
	}

	private void words(Mapping container, String key, List<Fact> into) {
		switch (value(container, key)) {
			case Sequence sequence -> {
				for (int i = 0; i < sequence.items().size(); i++) {
					if (this.document.resolve(sequence.items().get(i)) instanceof Scalar scalar) {
						into.add(new Fact(scalar.value(), key + "[" + i + "]", scalar.at().line() + 1));
					}
				}
			}
			case null, default -> {
			}
		}
	}

}
