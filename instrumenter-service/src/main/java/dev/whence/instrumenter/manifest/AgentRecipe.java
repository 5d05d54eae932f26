package dev.whence.instrumenter.manifest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.whence.instrumenter.language.Language;
import dev.whence.instrumenter.manifest.InstrumentOptions.AgentImages;
import dev.whence.instrumenter.manifest.Snippet.Fields;
import dev.whence.instrumenter.manifest.Snippet.Items;
import dev.whence.instrumenter.manifest.YamlNode.Mapping;
import org.jspecify.annotations.Nullable;

/**
 * How the operator puts an agent into a pod, as text. Source: opentelemetry-operator
 * v0.158.0, {@code internal/instrumentation/{javaagent,nodejs,python,dotnet,sdk}.go}.
 *
 * @param fixed variables that are set if they are not there
 * @param extended variables that are made, or get a part added
 */
record AgentRecipe(Language language, String mount, Map<String, String> fixed, Map<String, Part> extended) {

	static final String NAME = "opentelemetry-auto-instrumentation-";

	/** Variables of every language, in the order in which they refer to each other. */
	static final List<String> COMMON = List.of("OTEL_NODE_IP", "OTEL_POD_IP", "OTEL_RESOURCE_ATTRIBUTES_POD_NAME",
			"OTEL_RESOURCE_ATTRIBUTES_NODE_NAME", "OTEL_SERVICE_NAME", "OTEL_EXPORTER_OTLP_ENDPOINT",
			"OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_PROPAGATORS", "OTEL_RESOURCE_ATTRIBUTES");

	/** Of these, what the pod says about itself. */
	private static final Set<String> FROM_POD = Set.of("OTEL_NODE_IP", "OTEL_POD_IP",
			"OTEL_RESOURCE_ATTRIBUTES_POD_NAME", "OTEL_RESOURCE_ATTRIBUTES_NODE_NAME");

	private static final String PATH = "/otel-auto-instrumentation-";

	/** What goes before and behind a value that is there. */
	record Part(String before, String behind, String alone) {

		static Part behind(String separator, String text) {
			return new Part("", separator + text, text);
		}

	}

	static AgentRecipe of(Language language, String container, boolean alpine) {
		String mount = PATH + language.id() + ((language == Language.JAVA) ? "-" + container : "");
		return switch (language) {
			case JAVA -> new AgentRecipe(language, mount, Map.of(),
					Map.of("JAVA_TOOL_OPTIONS", Part.behind(" ", "-javaagent:" + mount + "/javaagent.jar")));
			case NODEJS -> new AgentRecipe(language, mount, Map.of("OTEL_METRICS_EXPORTER", "otlp"),
					Map.of("NODE_OPTIONS", Part.behind(" ", "--require " + mount + "/autoinstrumentation.js")));
			case PYTHON -> {
				String first = mount + "/opentelemetry/instrumentation/auto_instrumentation";
				yield new AgentRecipe(
						language, mount, ordered("OTEL_TRACES_EXPORTER", "otlp", "OTEL_METRICS_EXPORTER", "otlp",
								"OTEL_LOGS_EXPORTER", "otlp"),
						Map.of("PYTHONPATH", new Part(first + ":", ":" + mount, first + ":" + mount)));
			}
			case DOTNET -> dotnet(mount, alpine);
			case GO -> throw new IllegalArgumentException("there is no agent for Go");
		};
	}

	private static AgentRecipe dotnet(String mount, boolean alpine) {
		String profiler = mount + (alpine ? "/linux-musl-x64" : "/linux-x64")
				+ "/OpenTelemetry.AutoInstrumentation.Native.so";
		Map<String, Part> extended = new LinkedHashMap<>();
		extended.put("DOTNET_STARTUP_HOOKS",
				Part.behind(":", mount + "/net/OpenTelemetry.AutoInstrumentation.StartupHook.dll"));
		extended.put("DOTNET_ADDITIONAL_DEPS", Part.behind(":", mount + "/AdditionalDeps"));
		extended.put("DOTNET_SHARED_STORE", Part.behind(":", mount + "/store"));
		return new AgentRecipe(Language.DOTNET, mount,
				ordered("CORECLR_ENABLE_PROFILING", "1", "CORECLR_PROFILER", "{918728DD-259F-4A6A-AC2B-B85E1B658318}",
						"CORECLR_PROFILER_PATH", profiler, "OTEL_DOTNET_AUTO_HOME", mount),
				extended);
	}

	/** Every variable that this mode may add for a language. */
	static Set<String> variables(Language language) {
		AgentRecipe recipe = of(language, "x", false);
		return Stream.of(COMMON.stream(), recipe.fixed.keySet().stream(), recipe.extended.keySet().stream())
			.flatMap((names) -> names)
			.collect(Collectors.toUnmodifiableSet());
	}

	/** Whether an item of a list has the name that the agent's volume has. */
	boolean isNamedAlike(Mapping item) {
		return (NAME + this.language.id()).equals(item.text("name"));
	}

	/** Whether something else stands where the agent is to be. */
	boolean isMountedAlike(@Nullable String path) {
		return path != null && (path.equals(this.mount) || path.startsWith(this.mount + "/"));
	}

	/** Whether this is the volume that {@link #volume()} made, whatever its size now. */
	boolean isVolume(Mapping item) {
		return isNamedAlike(item) && item.find("emptyDir") != null && item.entries().size() == 2;
	}

	/** Whether this is the mount that {@link #mountedAt} made. */
	boolean isMount(Mapping item) {
		return isNamedAlike(item) && this.mount.equals(item.text("mountPath")) && item.entries().size() == 2;
	}

	/** Whether this is the container that {@link #initContainer} made, of any version. */
	boolean isInitContainer(Mapping item) {
		String image = item.text("image");
		return isNamedAlike(item) && image != null && image.contains("autoinstrumentation-" + this.language.id());
	}

	/**
	 * Whether this is a variable as it was added. What the author may have set since, the
	 * service's name or where to send, is told by its form alone.
	 */
	boolean isVariable(Mapping item) {
		String name = String.valueOf(item.text("name"));
		String value = item.text("value");
		if (FROM_POD.contains(name)) {
			return item.find("valueFrom") != null && item.find("value") == null;
		}
		Part part = this.extended.get(name);
		String expected = (part != null) ? part.alone() : this.fixed.get(name);
		return value != null && item.entries().size() == 2 && (expected == null || expected.equals(value));
	}

	Fields volume() {
		return Snippet.fields("name", NAME + this.language.id(), "emptyDir", Snippet.fields("sizeLimit", "200Mi"));
	}

	Fields mountedAt(String path) {
		return Snippet.fields("name", NAME + this.language.id(), "mountPath", path);
	}

	/**
	 * The container that copies the agent.
	 * @param security the first target's security context, which restricted namespaces
	 * ask of every container
	 */
	Fields initContainer(AgentImages images, boolean alpine, @Nullable Snippet security) {
		String to = PATH + this.language.id();
		Items command = switch (this.language) {
			case JAVA -> words("cp", "/javaagent.jar", to + "/javaagent.jar");
			case PYTHON -> words("cp", "-r", alpine ? "/autoinstrumentation-musl/." : "/autoinstrumentation/.", to);
			default -> words("cp", "-r", "/autoinstrumentation/.", to);
		};
		String version = switch (this.language) {
			case JAVA -> images.java();
			case NODEJS -> images.nodejs();
			case PYTHON -> images.python();
			case DOTNET -> images.dotnet();
			case GO -> throw new IllegalStateException("there is no agent for Go");
		};
		Map<String, Snippet> fields = new LinkedHashMap<>();
		fields.put("name", Snippet.text(NAME + this.language.id()));
		fields.put("image", Snippet.text(images.image(this.language.id(), version)));
		fields.put("command", command);
		fields.put("resources", Snippet.fields("requests", Snippet.fields("cpu", "50m", "memory", "64Mi"), "limits",
				Snippet.fields("cpu", "500m", "memory", "128Mi")));
		if (security != null) {
			fields.put("securityContext", security);
		}
		fields.put("volumeMounts", new Items(List.of(mountedAt(to))));
		return new Fields(fields);
	}

	private static Items words(String... words) {
		return new Items(Stream.of(words).map(Snippet::text).toList());
	}

	private static Map<String, String> ordered(String... keysAndValues) {
		Map<String, String> ordered = new LinkedHashMap<>();
		for (int i = 0; i < keysAndValues.length; i += 2) {
			ordered.put(keysAndValues[i], keysAndValues[i + 1]);
		}
		return ordered;
	}

}
