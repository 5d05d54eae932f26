package dev.whence.instrumenter.manifest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import dev.whence.instrumenter.language.Language;
import dev.whence.instrumenter.manifest.AgentRecipe.Part;
import dev.whence.instrumenter.manifest.Snippet.Fields;
import dev.whence.instrumenter.manifest.Targets.Target;
import dev.whence.instrumenter.manifest.YamlNode.Entry;
import dev.whence.instrumenter.manifest.YamlNode.Mapping;
import dev.whence.instrumenter.manifest.YamlNode.Scalar;
import org.jspecify.annotations.Nullable;

/**
 * The variables of one container in operator-free mode: which are new, and which are
 * there and get a part added inside their own quotes.
 *
 * @param added items to put in front of the list, so that later variables may refer to
 * them
 * @param splices parts for values that are there
 * @param kept variables that are there, with a plus sign if they were extended
 */
record Environment(List<Fields> added, List<Splice> splices, Map<String, String> kept) {

	private static final Pattern ATTRIBUTE = Pattern.compile("[A-Za-z0-9][-A-Za-z0-9._]{0,252}");

	private static final Set<String> ALL = names();

	private static Set<String> names() {
		Set<String> names = new HashSet<>();
		for (Language language : Language.values()) {
			if (language.hasAgent()) {
				names.addAll(AgentRecipe.variables(language));
			}
		}
		return names;
	}

	/**
	 * Plans one container.
	 * @throws UnsafeEditException if a variable cannot be extended
	 */
	static Environment plan(SourceText source, Workload workload, PodTemplate pod, Target target, AgentRecipe recipe,
			String endpoint) {
		Map<String, Mapping> present = new LinkedHashMap<>();
		for (Mapping variable : pod.items(target.container(), "env")) {
			String name = variable.text("name");
			if (name != null) {
				present.put(name, variable);
			}
		}
		Environment environment = new Environment(new ArrayList<>(), new ArrayList<>(), new LinkedHashMap<>());
		field(environment, present, "OTEL_NODE_IP", "status.hostIP");
		field(environment, present, "OTEL_POD_IP", "status.podIP");
		field(environment, present, "OTEL_RESOURCE_ATTRIBUTES_POD_NAME", "metadata.name");
		field(environment, present, "OTEL_RESOURCE_ATTRIBUTES_NODE_NAME", "spec.nodeName");
		if (recipe.language() == Language.DOTNET && recipe.fixed().keySet().stream().anyMatch(present::containsKey)) {
			throw new UnsafeEditException(Rule.DOTNET_HOME, "a profiler is set already");
		}
		recipe.fixed().forEach((name, value) -> value(environment, present, name, value));
		recipe.extended().forEach((name, part) -> {
			Mapping variable = present.get(name);
			if (variable == null) {
				environment.added.add(Snippet.fields("name", name, "value", part.alone()));
			}
			else {
				environment.splices.addAll(extend(source, workload, variable, part));
				environment.kept.put(name, "+");
			}
		});
		value(environment, present, "OTEL_SERVICE_NAME", serviceName(workload, target));
		value(environment, present, "OTEL_EXPORTER_OTLP_ENDPOINT", endpoint);
		value(environment, present, "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
		value(environment, present, "OTEL_PROPAGATORS", "tracecontext,baggage");
		value(environment, present, "OTEL_RESOURCE_ATTRIBUTES", attributes(workload, target));
		return environment;
	}

	private static void field(Environment environment, Map<String, Mapping> present, String name, String path) {
		if (present.containsKey(name)) {
			environment.kept.put(name, "");
			return;
		}
		environment.added.add(Snippet.fields("name", name, "valueFrom",
				Snippet.fields("fieldRef", Snippet.fields("fieldPath", path))));
	}

	private static void value(Environment environment, Map<String, Mapping> present, String name, String value) {
		if (present.containsKey(name)) {
			environment.kept.put(name, "");
			return;
		}
		environment.added.add(Snippet.fields("name", name, "value", value));
	}

	private static String serviceName(Workload workload, Target target) {
		String name = workload.name();
		return (name != null && ATTRIBUTE.matcher(name).matches()) ? name : target.facts().name();
	}

	private static String attributes(Workload workload, Target target) {
		StringBuilder out = new StringBuilder("k8s.container.name=").append(target.facts().name());
		String namespace = workload.namespace();
		if (namespace != null && ATTRIBUTE.matcher(namespace).matches()) {
			out.append(",k8s.namespace.name=").append(namespace);
		}
		return out.append(",k8s.node.name=$(OTEL_RESOURCE_ATTRIBUTES_NODE_NAME)")
			.append(",k8s.pod.name=$(OTEL_RESOURCE_ATTRIBUTES_POD_NAME)")
			.toString();
	}

	private static List<Splice> extend(SourceText source, Workload workload, Mapping variable, Part part) {
		if (variable.find("valueFrom") != null) {
			throw new UnsafeEditException(Rule.VALUE_FROM, "the variable comes from elsewhere");
		}
		Entry entry = variable.find("value");
		Token token = (entry != null && variable.count("value") == 1 && !workload.document().leaks(variable))
				? Token.of(source, entry.value()) : null;
		if (token == null) {
			throw new UnsafeEditException(Rule.NO_RECIPE, "the variable's value cannot be extended");
		}
		List<Splice> splices = new ArrayList<>();
		if (!part.before().isEmpty()) {
			splices.add(Splice.insert(token.start(), part.before()));
		}
		splices.add(Splice.insert(token.end(), part.behind()));
		return splices;
	}

	/** Takes the parts out of a variable again. */
	static List<Splice> unextend(SourceText source, Mapping variable, Part part) {
		Entry entry = variable.find("value");
		Token token = (entry != null) ? Token.of(source, entry.value()) : null;
		String text = (token != null) ? source.text().substring(token.start(), token.end()) : "";
		if (token == null || !text.startsWith(part.before()) || !text.endsWith(part.behind())
				|| text.length() < part.before().length() + part.behind().length()) {
			throw new UnsafeEditException("an extended variable has another value now");
		}
		List<Splice> splices = new ArrayList<>();
		if (!part.before().isEmpty()) {
			splices.add(new Splice(token.start(), part.before().length(), ""));
		}
		splices.add(new Splice(token.end() - part.behind().length(), part.behind().length(), ""));
		return splices;
	}

	/** Whether an item of a list carries a name that only this mode gives. */
	static boolean isOurs(YamlNode item) {
		String name = (item instanceof Mapping mapping) ? mapping.text("name") : null;
		return name != null && (name.startsWith(AgentRecipe.NAME) || ALL.contains(name));
	}

	/** Whether one value is the other with an agent's part added. */
	static boolean extended(String before, String after) {
		return after.length() > before.length() && after.contains(before)
				&& after.contains("/otel-auto-instrumentation-");
	}

	/** The inside of a scalar that stands on one line, without its quotes. */
	private record Token(int start, int end) {

		static @Nullable Token of(SourceText source, YamlNode node) {
			if (!(node instanceof Scalar scalar) || scalar.anchor() != null || scalar.tag() != null || scalar.isNull()
					|| source.text().substring(scalar.at().start(), scalar.at().end()).indexOf('\n') >= 0) {
				return null;
			}
			return switch (scalar.style()) {
				case PLAIN -> new Token(scalar.at().start(), scalar.at().end());
				case SINGLE_QUOTED, DOUBLE_QUOTED -> new Token(scalar.at().start() + 1, scalar.at().end() - 1);
				default -> null;
			};
		}

	}

}
