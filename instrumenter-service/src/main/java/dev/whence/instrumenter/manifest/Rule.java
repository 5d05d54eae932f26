package dev.whence.instrumenter.manifest;

import java.util.Locale;

/**
 * Everything this service can say about a manifest, once. The operator's webhook answers
 * "allowed" to every mistake and injects nothing, so each of its silent refusals has a
 * rule here. Source: opentelemetry-operator v0.158.0, {@code internal/instrumentation}.
 */
public enum Rule {

	VALUE_NOT_STRING("E-STR", Severity.ERROR, "An annotation's value is not a string",
			"The API server rejects the object: put the value in quotes."),
	CONTAINER_NAMES("E-CN", Severity.ERROR, "A list of container names has forbidden characters",
			"The operator accepts letters, digits, dashes and commas, and no spaces."),
	DUPLICATE_CONTAINER("E-DUP", Severity.WARNING, "A container is listed twice",
			"Some versions of the operator then leave the whole pod alone: name each container once over all lists."),
	COMMON_LIST("E-COMMON", Severity.ERROR, "container-names is there for several languages",
			"Each of its containers gets every agent, or none: give every language its own <language>-container-names."),
	LISTED_OTHER("E-LIST", Severity.ERROR, "A container list names a container that is not to get the agent",
			"The operator injects into exactly the containers listed: correct the list, or remove it."),
	NOT_LISTED("NOT_LISTED", Severity.INFO, "A container list leaves the container out",
			"The operator leaves it alone: add its name if it is to be instrumented."),
	EMPTY_INJECT("W-EMPTY", Severity.WARNING, "An inject annotation has an empty value",
			"The operator reads it as if it were not there: give it a value, or remove it."),
	SEVERAL_LANGUAGES("E-MULTI", Severity.ERROR, "Several languages are enabled and one has no container list",
			"Give every language its own <language>-container-names."),
	UNKNOWN_CONTAINER("W-NAME", Severity.WARNING, "A listed container is not in the pod",
			"The operator skips it: correct the name."),
	FIRST_CONTAINER("W-FIRST", Severity.WARNING, "Several containers and no list",
			"The operator takes the first one, which may be a proxy that a webhook adds: add container-names."),
	VALUE_FROM("W-VF", Severity.WARNING, "A variable that has to be extended comes from elsewhere",
			"The container is skipped: give the variable a plain value, or none."),
	DOTNET_HOME("W-DOTNET", Severity.WARNING, "OTEL_DOTNET_AUTO_HOME is set already",
			"The operator skips the container: remove the variable."),
	GO_TARGET("W-GO", Severity.WARNING, "Go needs a privileged process and the path of its target",
			"Enable Go in the operator and set otel-go-auto-target-exe; or build the SDK in."),
	NGINX("W-NGINX", Severity.WARNING, "nginx instrumentation is off in the operator by default",
			"It supports nginx 1.22.0, 1.23.0 and 1.23.1 with an included conf.d."),
	NGINX_NAMES("W-NGINX-NAMES", Severity.WARNING, "nginx-container-names is ignored",
			"The operator reads inject-nginx-container-names."),
	MUSL("W-MUSL", Severity.WARNING, "An Alpine image and no platform annotation",
			"Set otel-python-platform to musl, or otel-dotnet-auto-runtime to linux-musl-x64."),
	PLATFORM("W-PLATFORM", Severity.WARNING, "The platform annotation has a value that the operator does not know",
			"otel-python-platform knows glibc and musl, otel-dotnet-auto-runtime linux-x64 and linux-musl-x64."),
	WINDOWS("W-WINDOWS", Severity.WARNING, "The pod runs on Windows", "There is no agent image for Windows pods."),
	PLAIN_INJECT("W-INJECT", Severity.WARNING, "The annotation inject means nothing to the operator",
			"It reads inject-java, inject-nodejs, inject-python, inject-dotnet and their like."),
	NOT_YET("W-NOT-YET", Severity.WARNING, "The operator ignores inject-ruby and inject-php today",
			"Build the SDK in, or ask for inject-sdk to have it configured."),
	UNKNOWN_ANNOTATION("W-KEY", Severity.WARNING, "An annotation that the operator does not know",
			"See the operator's list; a wrong key is ignored without a word."),
	WRONG_PLACE("W-PLACE", Severity.WARNING, "An inject annotation on the workload instead of its pod template",
			"The operator reads the pod's annotations: move it to the template's metadata."),
	ENV_FROM("W-ENVFROM", Severity.WARNING, "The container's environment comes from elsewhere in part",
			"A variable set here hides one of that name from envFrom: check that none is lost."),
	RESOURCE_ATTRIBUTES("W-RES", Severity.WARNING, "OTEL_RESOURCE_ATTRIBUTES is set already",
			"It stays as it is; the pod's and the node's name are not added."),
	INIT_CONTAINER("W-INIT", Severity.WARNING, "Go, nginx and httpd cannot be injected into an init container",
			"The operator skips it: name the containers that stay."),
	GRPC_PORT("W-4318", Severity.WARNING, "The agent speaks another protocol than the endpoint's port is for",
			"4318 is for http/protobuf, which Python, .NET and Go speak by default, and 4317 for grpc: change the port, or "
					+ "OTEL_EXPORTER_OTLP_PROTOCOL."),
	ENDPOINT_PATH("W-PATH", Severity.WARNING, "The endpoint ends with the path of one signal",
			"Agents add /v1/traces, /v1/metrics and /v1/logs themselves: leave it out."),
	RESOURCE_VERSION("E-CR", Severity.ERROR, "The Instrumentation resource has a version that is not served",
			"The API server rejects it: opentelemetry.io/v1alpha1 is the one."),
	SAMPLER("W-SAMPLER", Severity.WARNING, "The sampler has no known type, or a ratio outside of 0 to 1",
			"The operator rejects or ignores it: see its list of samplers."),
	QUOTA("W-QUOTA", Severity.INFO, "Pods of this namespace have a quota",
			"Leave room for the agent's init container: up to 500m CPU and 256Mi memory."),
	HELM_OWNED("W-HELM", Severity.INFO, "Helm owns this object", "The next upgrade takes edits away: set values."),

	WORKLOAD_REF("SKIPPED_REFERENCE", Severity.INFO, "Skipped, because its pods come from another object's template",
			"Instrument the workload that spec.workloadRef names."),
	UNKNOWN_KIND("SKIPPED_KIND", Severity.INFO, "Skipped, because it is not known where this kind has its pod template",
			"If its pods come from spec.template, annotate that by hand; the operator looks at pods alone."),
	UNKNOWN_LANGUAGE("UNKNOWN_LANGUAGE", Severity.WARNING, "Nothing says which language the container runs",
			"Add a hint: {\"container\": \"<name>\", \"language\": \"java\"}."),
	LOW_CONFIDENCE("LOW_CONFIDENCE", Severity.WARNING, "Only a name says which language the container runs",
			"Ask with min_confidence=medium, or add a hint."),
	CONFLICT("LANGUAGE_CONFLICT", Severity.WARNING, "What is known about the language disagrees",
			"Add a hint for this container."),
	OTHER_LANGUAGE("OTHER_LANGUAGE", Severity.WARNING, "Another language is enabled than the container runs",
			"Correct the annotation, or give every language its container list."),
	UNSUPPORTED("UNSUPPORTED_LANGUAGE", Severity.INFO, "There is no agent for this language", "Build the SDK in."),
	SKIPPED_INFRA("SKIPPED_INFRA", Severity.INFO, "Known infrastructure is left alone",
			"A hint that names the container or its image overrides this."),
	ALREADY("ALREADY_INSTRUMENTED", Severity.INFO, "The pod asks for instrumentation already", "Nothing to do."),
	OPTED_OUT("OPTED_OUT", Severity.INFO, "The pod declines instrumentation", "Nothing to do."),
	NOTHING_ADDED("NOT_OURS", Severity.INFO, "The annotations were not added here",
			"They are left alone; remove them by hand."),

	ALIAS("REFUSED_ALIAS", Severity.ERROR, "The place to edit is an alias",
			"Write the template's metadata out instead of referring to an anchor."),
	LEAK("REFUSED_ANCHOR", Severity.ERROR, "The place to edit is used elsewhere through its anchor",
			"Write one of the places out; an edit would change all of them."),
	MERGE("REFUSED_MERGE", Severity.ERROR, "The place to edit comes from a merge key",
			"Write metadata and annotations out in the template."),
	DUPLICATE_KEY("REFUSED_DUPLICATE_KEY", Severity.ERROR, "A key on the way stands there twice",
			"Remove one; readers do not agree on which holds."),
	EXPLICIT_KEY("REFUSED_EXPLICIT_KEY", Severity.ERROR, "A key on the way is written with a question mark",
			"Write it as a plain key."),
	TEMPLATE("REFUSED_TEMPLATE", Severity.ERROR, "The place to edit belongs to a template expression",
			"Set the annotations in values.yaml (often podAnnotations) instead."),
	NOT_A_MAPPING("REFUSED_SHAPE", Severity.ERROR, "The place to edit is no mapping", "Correct the manifest."),
	UNSAFE_EDIT("REFUSED_UNSAFE", Severity.ERROR, "The edit could not be proved to be harmless",
			"Please report the shape of this manifest."),
	NAME_TAKEN("REFUSED_TAKEN", Severity.ERROR, "A volume's name or a mount path that the agent needs is taken",
			"Rename the volume, or mount it elsewhere: Kubernetes takes each name and path once."),
	CHANGED_SINCE("REFUSED_CHANGED", Severity.ERROR, "What was added is not as it was added",
			"What cannot be told from your own is left alone: remove it by hand."),
	NO_RECIPE("REFUSED_OPERATOR_FREE", Severity.ERROR, "The container cannot be instrumented without the operator",
			"Use operator mode."),

	LEGACY_QUOTES("LEGACY_QUOTES", Severity.ERROR, "The original Action's shell takes this double quote away",
			"What stands between two of them is read as shell words: use the Action at this repository's root."),
	LEGACY_BACKSLASH("LEGACY_BACKSLASH", Severity.ERROR, "The original Action's echo -e interprets this backslash",
			"Use the Action at this repository's root."),
	LEGACY_EXPANSION("LEGACY_EXPANSION", Severity.ERROR,
			"The original Action's shell expands a variable or runs a command here",
			"Use the Action at this repository's root."),
	LEGACY_ENDING("LEGACY_ENDING", Severity.WARNING,
			"The original Action ends the file with one line break, and a block scalar at the end notices",
			"Use the Action at this repository's root."),
	LEGACY_REQUEST("LEGACY_REQUEST", Severity.WARNING,
			"The original Action does not escape backslashes, and one arrived: the file may say something else",
			"Compare before committing, or use the Action at this repository's root.");

	/** How much it matters. */
	public enum Severity {

		INFO, WARNING, ERROR;

		public String id() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

	private final String code;

	private final Severity severity;

	private final String title;

	private final String remedy;

	Rule(String code, Severity severity, String title, String remedy) {
		this.code = code;
		this.severity = severity;
		this.title = title;
		this.remedy = remedy;
	}

	public String code() {
		return this.code;
	}

	public Severity severity() {
		return this.severity;
	}

	public String title() {
		return this.title;
	}

	public String remedy() {
		return this.remedy;
	}

}
