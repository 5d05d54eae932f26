package dev.whence.instrumenter.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.whence.instrumenter.manifest.YamlNode.Entry;
import dev.whence.instrumenter.manifest.YamlNode.Mapping;
import dev.whence.instrumenter.manifest.YamlNode.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what stands beside the workloads and decides about them all the same:
 * namespaces, whose annotations the operator reads like a pod's, Instrumentation
 * resources, quotas, and Helm's mark of ownership. Only finds, never edits.
 */
final class ObjectLinter {

	private static final Set<String> SAMPLERS = Set.of("always_on", "always_off", "traceidratio",
			"parentbased_always_on", "parentbased_always_off", "parentbased_traceidratio", "jaeger_remote", "xray");

	/** Their agents speak OTLP over HTTP unless told otherwise. */
	private static final List<String> SPEAK_HTTP = List.of("python", "dotnet", "go");

	private final YamlDocument document;

	private final InstrumentOptions options;

	private final List<Finding> findings = new ArrayList<>();

	private ObjectLinter(YamlDocument document, InstrumentOptions options) {
		this.document = document;
		this.options = options;
	}

	static List<Finding> lint(YamlDocument document, InstrumentOptions options) {
		ObjectLinter linter = new ObjectLinter(document, options);
		if (document.root() instanceof Mapping root) {
			linter.object(root);
			if (root.find("items") instanceof Entry items && items.value() instanceof Sequence sequence) {
				sequence.items().forEach((item) -> linter.object(document.resolve(item)));
			}
		}
		return linter.findings;
	}

	private void object(YamlNode node) {
		if (!(node instanceof Mapping object) || object.text("kind") == null) {
			return;
		}
		Workload subject = subject(object);
		if (!this.options.covers(subject)) {
			return;
		}
		switch (subject.kind()) {
			// Its metadata stands where a pod's does.
			case "Namespace" -> this.findings.addAll(Linter.lint(subject, object));
			case "Instrumentation" -> instrumentation(subject);
			case "ResourceQuota" -> this.findings.add(Finding.of(Rule.QUOTA, subject));
			default -> {
			}
		}
	}

	private Workload subject(Mapping object) {
		Mapping metadata = child(object, "metadata");
		return new Workload(this.document, String.valueOf(object.text("kind")),
				(metadata != null) ? metadata.text("name") : null,
				(metadata != null) ? metadata.text("namespace") : null, object.at().line() + 1, object, null, object,
				List.of(), null);
	}

	private void instrumentation(Workload resource) {
		String version = resource.object().text("apiVersion");
		if (version == null || !version.startsWith("opentelemetry.io/")) {
			return;
		}
		if (!version.equals("opentelemetry.io/v1alpha1")) {
			add(Rule.RESOURCE_VERSION, resource, resource.object().find("apiVersion"), "apiVersion");
		}
		Mapping spec = child(resource.object(), "spec");
		if (spec == null) {
			return;
		}
		Mapping exporter = child(spec, "exporter");
		String endpoint = (exporter != null) ? exporter.text("endpoint") : null;
		if (exporter != null && endpoint != null && Endpoint.isGrpc(endpoint) && !setsExporter(spec)
				&& SPEAK_HTTP.stream().anyMatch((language) -> !overrides(spec, language))) {
			add(Rule.GRPC_PORT, resource, exporter.find("endpoint"), "spec.exporter.endpoint");
		}
		if (exporter != null && endpoint != null && Endpoint.hasSignalPath(endpoint)) {
			add(Rule.ENDPOINT_PATH, resource, exporter.find("endpoint"), "spec.exporter.endpoint");
		}
		if (spec.find("sampler") instanceof Entry entry
				&& this.document.resolve(entry.value()) instanceof Mapping sampler && !isSampler(sampler)) {
			add(Rule.SAMPLER, resource, entry, "spec.sampler");
		}
	}

	private boolean overrides(Mapping spec, String language) {
		Mapping own = child(spec, language);
		return own != null && setsExporter(own);
	}

	private boolean setsExporter(Mapping owner) {
		Entry env = owner.find("env");
		return env != null && this.document.resolve(env.value()) instanceof Sequence variables
				&& variables.items()
					.stream()
					.anyMatch((item) -> this.document.resolve(item) instanceof Mapping variable
							&& (isNamed(variable, "OTEL_EXPORTER_OTLP_ENDPOINT")
									|| isNamed(variable, "OTEL_EXPORTER_OTLP_PROTOCOL")));
	}

	private static boolean isNamed(Mapping variable, String name) {
		return name.equals(variable.text("name"));
	}

	private static boolean isSampler(Mapping sampler) {
		String type = sampler.text("type");
		if (type == null || !SAMPLERS.contains(type)) {
			return false;
		}
		String argument = sampler.text("argument");
		if (argument == null || !type.endsWith("traceidratio")) {
			return true;
		}
		try {
			double ratio = Double.parseDouble(argument);
			return ratio >= 0 && ratio <= 1;
		}
		catch (NumberFormatException ex) {
			return false;
		}
	}

	private @Nullable Mapping child(Mapping mapping, String key) {
		Entry entry = mapping.find(key);
		return (entry != null && this.document.resolve(entry.value()) instanceof Mapping child) ? child : null;
	}

	private void add(Rule rule, Workload resource, @Nullable Entry entry, String field) {
		int line = (entry != null) ? entry.key().at().line() + 1 : resource.line();
		this.findings.add(Finding.of(rule, resource, line, null, field));
	}

}
