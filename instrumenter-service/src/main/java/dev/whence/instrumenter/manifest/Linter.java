package dev.whence.instrumenter.manifest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import dev.whence.instrumenter.language.ContainerFacts;
import dev.whence.instrumenter.language.Language;
import dev.whence.instrumenter.manifest.YamlNode.Entry;
import dev.whence.instrumenter.manifest.YamlNode.Mapping;
import dev.whence.instrumenter.manifest.YamlNode.Scalar;

/**
 * Finds what the operator would swallow: its webhook lets every pod through and injects
 * nothing where something is wrong, without a word outside its own log.
 */
final class Linter {

	private static final Pattern NAMES = Pattern.compile("[a-zA-Z0-9-,]+");

	private static final Set<String> OTHER_KEYS = Set.of("container-names", "java-container-names",
			"nodejs-container-names", "python-container-names", "dotnet-container-names", "go-container-names",
			"sdk-container-names", "apache-httpd-container-names", "inject-nginx-container-names",
			"otel-python-platform", "otel-dotnet-auto-runtime", "otel-go-auto-target-exe", "whence",
			"nginx-container-names", "inject");

	private final Workload workload;

	private final PodTemplate pod;

	private final Annotations annotations;

	private final List<Finding> findings = new ArrayList<>();

	private final Set<String> containers = new HashSet<>();

	private final Set<String> initContainers = new HashSet<>();

	private Linter(Workload workload, PodTemplate pod) {
		this.workload = workload;
		this.pod = pod;
		this.annotations = Annotations.of(pod.annotations());
		for (Mapping container : pod.containers()) {
			this.containers.add(pod.facts(container).name());
		}
		for (Mapping container : pod.initContainers()) {
			this.initContainers.add(pod.facts(container).name());
		}
	}

	static List<Finding> lint(Workload workload, Mapping template) {
		Linter linter = new Linter(workload, new PodTemplate(workload.document(), template));
		linter.wrongPlace();
		linter.helmOwned();
		linter.annotations.all().forEach(linter::annotation);
		linter.lists();
		linter.platform();
		linter.targets();
		return linter.findings;
	}

	/** What would make the operator skip one container. */
	static void container(Workload workload, PodTemplate pod, Mapping container, ContainerFacts facts,
			Language language, List<Finding> findings) {
		Set<String> extended = switch (language) {
			case JAVA -> Set.of("JAVA_TOOL_OPTIONS");
			case NODEJS -> Set.of("NODE_OPTIONS");
			case PYTHON -> Set.of("PYTHONPATH");
			case DOTNET -> Set.of("DOTNET_STARTUP_HOOKS", "DOTNET_ADDITIONAL_DEPS", "DOTNET_SHARED_STORE");
			case GO -> Set.of();
		};
		for (Mapping variable : pod.items(container, "env")) {
			String name = variable.text("name");
			Entry from = variable.find("valueFrom");
			if (name != null && extended.contains(name) && from != null) {
				findings.add(Finding.of(Rule.VALUE_FROM, workload, from.key().at().line() + 1, facts.name(),
						"env." + name + ".valueFrom"));
			}
			String value = variable.text("value");
			if ("OTEL_EXPORTER_OTLP_ENDPOINT".equals(name) && value != null && Endpoint.hasSignalPath(value)) {
				findings.add(Finding.of(Rule.ENDPOINT_PATH, workload, variable.at().line() + 1, facts.name(),
						"env." + name));
			}
			if ("OTEL_EXPORTER_OTLP_ENDPOINT".equals(name) && value != null && Endpoint.isGrpc(value)
					&& (language == Language.PYTHON || language == Language.DOTNET || language == Language.GO)
					&& !speaksGrpc(pod, container)) {
				findings
					.add(Finding.of(Rule.GRPC_PORT, workload, variable.at().line() + 1, facts.name(), "env." + name));
			}
			if (language == Language.DOTNET && "OTEL_DOTNET_AUTO_HOME".equals(name)) {
				findings
					.add(Finding.of(Rule.DOTNET_HOME, workload, variable.at().line() + 1, facts.name(), "env." + name));
			}
		}
	}

	private static boolean speaksGrpc(PodTemplate pod, Mapping container) {
		return pod.items(container, "env")
			.stream()
			.anyMatch((variable) -> "OTEL_EXPORTER_OTLP_PROTOCOL".equals(variable.text("name"))
					&& "grpc".equals(variable.text("value")));
	}

	private void wrongPlace() {
		Entry metadata = this.workload.object().find("metadata");
		if (this.workload.owner() == null || metadata == null
				|| !(this.workload.document().resolve(metadata.value()) instanceof Mapping mapping)) {
			return;
		}
		Mapping own = this.pod.child(mapping, "annotations");
		if (own != null) {
			for (Entry entry : own.entries()) {
				String key = entry.name();
				if (key != null && key.startsWith(Annotations.PREFIX) && !key.equals(Provenance.KEY)) {
					add(Rule.WRONG_PLACE, entry, "metadata.annotations." + key);
				}
			}
		}
	}

	private void annotation(String key, Entry entry) {
		if (!key.startsWith(Annotations.PREFIX) && !key.startsWith("sidecar.opentelemetry.io/")
				&& !key.startsWith("resource.opentelemetry.io/")) {
			return;
		}
		String field = "annotations." + key;
		if (!(entry.value() instanceof Scalar scalar) || (!scalar.isString() && !scalar.isNull())) {
			add(Rule.VALUE_NOT_STRING, entry, field);
			return;
		}
		if (!key.startsWith(Annotations.PREFIX)) {
			return;
		}
		String what = key.substring(Annotations.PREFIX.length());
		boolean inject = what.startsWith("inject-")
				&& Annotations.INJECTABLE.contains(what.substring("inject-".length()));
		if (what.equals("inject")) {
			add(Rule.PLAIN_INJECT, entry, field);
		}
		else if (what.equals("nginx-container-names")) {
			add(Rule.NGINX_NAMES, entry, field);
		}
		else if (what.equals("inject-ruby") || what.equals("inject-php")) {
			add(Rule.NOT_YET, entry, field);
		}
		else if (!inject && !OTHER_KEYS.contains(what)) {
			add(Rule.UNKNOWN_ANNOTATION, entry, field);
		}
		if (inject && this.annotations.empty().containsKey(what.substring("inject-".length()))) {
			add(Rule.EMPTY_INJECT, entry, field);
		}
		if (inject && this.annotations.enabled().containsKey("nginx") && what.equals("inject-nginx")) {
			add(Rule.NGINX, entry, field);
		}
		if (inject && what.equals("inject-go") && this.annotations.enabled().containsKey("go") && !goWorks()) {
			add(Rule.GO_TARGET, entry, field);
		}
	}

	/**
	 * The path of the target is read from the pod only, and its process must be visible.
	 */
	private boolean goWorks() {
		Mapping spec = this.pod.spec();
		boolean namespace = this.workload.kind().equals("Namespace");
		return namespace || (this.annotations.all().containsKey(Annotations.PREFIX + "otel-go-auto-target-exe")
				&& !(spec != null && "false".equals(spec.text("shareProcessNamespace"))));
	}

	private void lists() {
		Set<String> enabled = this.annotations.enabled().keySet();
		Entry common = this.annotations.all().get(Annotations.NAMES);
		Set<String> seen = new HashSet<>();
		if (common != null) {
			names(common, "container-names", seen);
			if (enabled.size() > 1) {
				add(Rule.COMMON_LIST, common, "annotations." + Annotations.NAMES);
			}
		}
		boolean unlisted = false;
		for (String language : enabled) {
			String key = ContainerLists.key(language);
			Entry list = this.annotations.all().get(Annotations.PREFIX + key);
			if (list != null) {
				// Lists are added up: the common one and a language's own.
				names(list, key, (enabled.size() > 1 || common != null) ? seen : new HashSet<>());
			}
			unlisted |= list == null && common == null;
		}
		if (enabled.size() > 1 && unlisted) {
			add(Rule.SEVERAL_LANGUAGES, this.annotations.enabled().values().iterator().next(), "annotations");
		}
		else if (enabled.size() == 1 && unlisted && (this.pod.containers().size() > 1 || this.pod.asksForProxy())) {
			add(Rule.FIRST_CONTAINER, this.annotations.enabled().values().iterator().next(), "annotations");
		}
	}

	private void names(Entry entry, String key, Set<String> seen) {
		String field = "annotations." + Annotations.PREFIX + key;
		String value = entry.text();
		if (!NAMES.matcher(value).matches()) {
			add(Rule.CONTAINER_NAMES, entry, field);
			return;
		}
		boolean duplicate = false;
		boolean unknown = false;
		boolean init = false;
		for (String name : value.split(",")) {
			duplicate |= !seen.add(name);
			init |= this.initContainers.contains(name);
			unknown |= !this.containers.isEmpty() && !this.containers.contains(name)
					&& !this.initContainers.contains(name);
		}
		if (init && stays(key)) {
			add(Rule.INIT_CONTAINER, entry, field);
		}
		if (duplicate) {
			add(Rule.DUPLICATE_CONTAINER, entry, field);
		}
		if (unknown) {
			add(Rule.UNKNOWN_CONTAINER, entry, field);
		}
	}

	/** Whether the list is for agents that only work in containers that stay. */
	private boolean stays(String key) {
		return switch (key) {
			case "go-container-names", "inject-nginx-container-names", "apache-httpd-container-names" -> true;
			case "container-names" ->
				this.annotations.enabled().keySet().stream().anyMatch(Set.of("go", "nginx", "apache-httpd")::contains);
			default -> false;
		};
	}

	private void helmOwned() {
		Entry metadata = this.workload.object().find("metadata");
		if (metadata == null || !(this.workload.document().resolve(metadata.value()) instanceof Mapping mapping)) {
			return;
		}
		Mapping labels = this.pod.child(mapping, "labels");
		Mapping own = this.pod.child(mapping, "annotations");
		if ((labels != null && "Helm".equals(labels.text("app.kubernetes.io/managed-by")))
				|| (own != null && own.text("meta.helm.sh/release-name") != null)) {
			this.findings.add(Finding.of(Rule.HELM_OWNED, this.workload));
		}
	}

	private void platform() {
		for (Map.Entry<String, Set<String>> known : Map
			.of("otel-python-platform", Set.of("", "glibc", "musl"), "otel-dotnet-auto-runtime",
					Set.of("", "linux-x64", "linux-musl-x64"))
			.entrySet()) {
			Entry entry = this.annotations.all().get(Annotations.PREFIX + known.getKey());
			if (entry != null && !known.getValue().contains(entry.text())) {
				add(Rule.PLATFORM, entry, "annotations." + Annotations.PREFIX + known.getKey());
			}
		}
	}

	private void targets() {
		Set<String> enabled = this.annotations.enabled().keySet();
		for (Mapping container : this.pod.containers()) {
			ContainerFacts facts = this.pod.facts(container);
			for (String name : enabled) {
				Language.parse(name)
					.ifPresent((language) -> container(this.workload, this.pod, container, facts, language,
							this.findings));
			}
			boolean alpine = facts.image() != null && facts.image().value().contains("alpine");
			boolean unset = (enabled.contains("python")
					&& !this.annotations.all().containsKey(Annotations.PREFIX + "otel-python-platform"))
					|| (enabled.contains("dotnet")
							&& !this.annotations.all().containsKey(Annotations.PREFIX + "otel-dotnet-auto-runtime"));
			if (alpine && unset && facts.image() != null) {
				this.findings.add(Finding.of(Rule.MUSL, this.workload, facts.image().line(), facts.name(), "image"));
			}
		}
		if (!enabled.isEmpty() && this.pod.isWindows()) {
			this.findings.add(Finding.of(Rule.WINDOWS, this.workload));
		}
	}

	private void add(Rule rule, Entry entry, String field) {
		this.findings.add(Finding.of(rule, this.workload, entry.key().at().line() + 1, null, field));
	}

}
