package dev.whence.instrumenter.manifest;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.whence.instrumenter.language.Language;
import dev.whence.instrumenter.language.LanguageDetector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every rule that is published speaks of one manifest and is silent about its corrected
 * twin.
 */
class RuleTests {

	private static final Map<Rule, Example> EXAMPLES = new EnumMap<>(Rule.class);

	private static final String O = "instrumentation.opentelemetry.io/";

	private static final String ONE = "containers: [{name: a, image: 'node:22'}]";

	private static final String TWO = "containers: [{name: a, image: 'node:22'}, {name: b, image: 'node:22'}]";

	private static final String PROXY = "containers: [{name: a, image: 'node:22'}, {name: b, image: 'envoyproxy/envoy:v1.30'}]";

	private static final String PLAIN = "kind: Deployment\nspec:\n  template:\n    spec:\n      containers: [{name: a, image: 'node:22'}]\n";

	static {
		annotations();
		containers();
		objects();
		languages();
		refusals();
		shell();
	}

	private static void annotations() {
		lint(Rule.VALUE_NOT_STRING, pod("inject-java: true", ONE), pod("inject-java: 'true'", ONE));
		lint(Rule.CONTAINER_NAMES, pod("inject-java: 'true', " + O + "container-names: 'a, b'", TWO),
				pod("inject-java: 'true', " + O + "container-names: 'a,b'", TWO));
		lint(Rule.DUPLICATE_CONTAINER,
				pod("inject-java: 'true', " + O + "container-names: a, " + O + "java-container-names: a", TWO),
				pod("inject-java: 'true', " + O + "container-names: a, " + O + "java-container-names: b", TWO));
		lint(Rule.SEVERAL_LANGUAGES, pod("inject-java: 'true', " + O + "inject-nodejs: 'true'", TWO),
				pod("inject-java: 'true', " + O + "java-container-names: a, " + O + "inject-nodejs: 'true', " + O
						+ "nodejs-container-names: b", TWO));
		lint(Rule.UNKNOWN_CONTAINER, pod("inject-java: 'true', " + O + "container-names: c", ONE),
				pod("inject-java: 'true', " + O + "container-names: a", ONE));
		lint(Rule.FIRST_CONTAINER, pod("inject-java: 'true'", TWO), pod("inject-java: 'true'", ONE));
		lint(Rule.GO_TARGET, pod("inject-go: 'true'", ONE),
				pod("inject-go: 'true', " + O + "otel-go-auto-target-exe: /app", ONE));
		lint(Rule.NGINX, pod("inject-nginx: 'true'", ONE), pod("inject-nginx: 'false'", ONE));
		lint(Rule.NGINX_NAMES, pod("nginx-container-names: a", ONE), pod("inject-nginx-container-names: a", ONE));
		lint(Rule.PLATFORM, pod("otel-python-platform: alpine", ONE), pod("otel-python-platform: musl", ONE));
		lint(Rule.PLAIN_INJECT, pod("inject: 'true'", ONE), pod("inject-sdk: 'true'", ONE));
		lint(Rule.UNKNOWN_ANNOTATION, pod("inject-rust: 'true'", ONE), pod("inject-java: 'true'", ONE));
		lint(Rule.NOT_YET, pod("inject-php: 'true', " + O + "inject-ruby: 'true'", ONE),
				pod("inject-sdk: 'true'", ONE));
		lint(Rule.EMPTY_INJECT, pod("inject-nodejs: ''", ONE), pod("inject-nodejs: 'true'", ONE));
		lint(Rule.COMMON_LIST,
				pod("inject-java: 'true', " + O + "inject-nodejs: 'true', " + O + "container-names: a", TWO),
				pod("inject-java: 'true', " + O + "container-names: a", TWO));
		lint(Rule.LISTED_OTHER, pod("container-names: b", PROXY), pod("container-names: a", PROXY));
		lint(Rule.NOT_LISTED, pod("container-names: b", TWO), pod("container-names: 'a,b'", TWO));
		lint(Rule.WRONG_PLACE, "metadata: {annotations: {" + O + "inject-java: 'true'}}\n" + PLAIN,
				"metadata: {annotations: {a: b}}\n" + PLAIN);
	}

	private static void containers() {
		lint(Rule.VALUE_FROM, pod("inject-java: 'true'", env("JAVA_TOOL_OPTIONS", "valueFrom: {fieldRef: {}}")),
				pod("inject-java: 'true'", env("JAVA_TOOL_OPTIONS", "value: -Xmx1g")));
		lint(Rule.DOTNET_HOME, pod("inject-dotnet: 'true'", env("OTEL_DOTNET_AUTO_HOME", "value: /x")),
				pod("inject-java: 'true'", env("OTEL_DOTNET_AUTO_HOME", "value: /x")));
		lint(Rule.GRPC_PORT, pod("inject-python: 'true'", env("OTEL_EXPORTER_OTLP_ENDPOINT", "value: 'http://c:4317'")),
				pod("inject-python: 'true'", env("OTEL_EXPORTER_OTLP_ENDPOINT", "value: 'http://c:4318'")));
		lint(Rule.ENDPOINT_PATH,
				pod("inject-java: 'true'", env("OTEL_EXPORTER_OTLP_ENDPOINT", "value: 'http://c:4318/v1/traces'")),
				pod("inject-java: 'true'", env("OTEL_EXPORTER_OTLP_ENDPOINT", "value: 'http://c:4318/otlp'")));
		lint(Rule.MUSL, pod("inject-python: 'true'", "containers: [{name: a, image: 'python:3-alpine'}]"),
				pod("inject-python: 'true'", "containers: [{name: a, image: 'python:3'}]"));
		lint(Rule.WINDOWS, pod("inject-java: 'true'", ONE + ", nodeSelector: {kubernetes.io/os: windows}"),
				pod("inject-java: 'true'", ONE + ", nodeSelector: {kubernetes.io/os: linux}"));
		lint(Rule.WINDOWS, pod("inject-java: 'true'", ONE + ", nodeSelector: {beta.kubernetes.io/os: windows}"),
				pod("inject-java: 'true'", ONE + ", nodeSelector: {beta.kubernetes.io/os: linux}"));
		lint(Rule.INIT_CONTAINER,
				pod("inject-apache-httpd: 'true', " + O + "container-names: i",
						ONE + ", initContainers: [{name: i, image: x}]"),
				pod("inject-java: 'true', " + O + "container-names: i",
						ONE + ", initContainers: [{name: i, image: x}]"));
		both(Rule.ENV_FROM, InstrumentMode.OPERATOR_FREE,
				pod("x: y", "containers: [{name: a, image: node, envFrom: []}]"), pod("x: y", ONE));
		both(Rule.RESOURCE_ATTRIBUTES, InstrumentMode.OPERATOR_FREE,
				pod("x: y", env("OTEL_RESOURCE_ATTRIBUTES", "value: a=b")), pod("x: y", env("OTHER", "value: a=b")));
	}

	private static void objects() {
		String resource = "apiVersion: opentelemetry.io/v1alpha1\nkind: Instrumentation\nspec: {sampler: {type: traceidratio, argument: '0.25'}}\n";
		lint(Rule.RESOURCE_VERSION, resource.replace("v1alpha1", "v1beta1"), resource);
		lint(Rule.SAMPLER, resource.replace("0.25", "25"), resource);
		lint(Rule.QUOTA, "kind: ResourceQuota\nmetadata: {name: q}\n", "kind: LimitRange\nmetadata: {name: q}\n");
		lint(Rule.WORKLOAD_REF, "kind: Rollout\nspec: {workloadRef: {kind: Deployment, name: shop}}\n",
				"kind: Rollout\nspec: {template: {spec: {" + ONE + "}}}\n");
		lint(Rule.UNKNOWN_KIND, "kind: Sandbox\nspec: {template: {spec: {" + ONE + "}}}\n",
				"kind: CloneSet\nspec: {template: {spec: {" + ONE + "}}}\n");
		lint(Rule.HELM_OWNED, "metadata: {labels: {app.kubernetes.io/managed-by: Helm}}\n" + PLAIN,
				"metadata: {labels: {app.kubernetes.io/managed-by: Kustomize}}\n" + PLAIN);
	}

	private static void languages() {
		String unknown = PLAIN.replace("node:22", "team/app:1");
		both(Rule.UNKNOWN_LANGUAGE, InstrumentMode.OPERATOR, unknown, PLAIN);
		both(Rule.LOW_CONFIDENCE, InstrumentMode.OPERATOR, PLAIN.replace("node:22", "team/orders-java:1"), PLAIN);
		both(Rule.CONFLICT, InstrumentMode.OPERATOR,
				PLAIN.replace("'node:22'", "'node:22', command: [java, -jar, x.jar]"), PLAIN);
		both(Rule.OTHER_LANGUAGE, InstrumentMode.OPERATOR, pod("inject-java: 'true'", ONE),
				pod("inject-nodejs: 'true'", ONE));
		both(Rule.UNSUPPORTED, InstrumentMode.OPERATOR_FREE, PLAIN.replace("node:22", "golang:1"), PLAIN);
		both(Rule.SKIPPED_INFRA, InstrumentMode.OPERATOR, PLAIN.replace("node:22", "redis:7"), PLAIN);
		both(Rule.ALREADY, InstrumentMode.OPERATOR, pod("inject-nodejs: 'true'", ONE), pod("x: 'true'", ONE));
		both(Rule.OPTED_OUT, InstrumentMode.OPERATOR, pod("inject-nodejs: 'false'", ONE), pod("x: 'false'", ONE));
		both(Rule.NOTHING_ADDED, InstrumentMode.REMOVE, pod("inject-nodejs: 'true'", ONE), PLAIN);
	}

	private static void refusals() {
		String metadata = "kind: Deployment\nm: &m {a: b}\nspec:\n  template:\n    metadata: %s\n    spec: {" + ONE
				+ "}\n";
		String good = metadata.formatted("{annotations: {a: b}}");
		operator(Rule.ALIAS, metadata.formatted("*m"), good);
		operator(Rule.LEAK, metadata.formatted("{annotations: &x {a: b}}\n    more: *x"), good);
		operator(Rule.MERGE, metadata.formatted("{<<: *m}"), good);
		operator(Rule.DUPLICATE_KEY, metadata.formatted("{annotations: {}, annotations: {}}"), good);
		operator(Rule.EXPLICIT_KEY, metadata.formatted("{? annotations : {a: b}}"), good);
		operator(Rule.NOT_A_MAPPING, metadata.formatted("{annotations: text}"), good);
		operator(Rule.TEMPLATE, metadata.formatted("\n      {{- toYaml .Values.meta | nindent 6 }}"), good);
		operator(Rule.UNSAFE_EDIT, pod("whence: 'v1 +inject-java'", ONE), pod("x: y", ONE));
		both(Rule.NAME_TAKEN, InstrumentMode.OPERATOR_FREE,
				pod("x: y", ONE + ", volumes: [{name: opentelemetry-auto-instrumentation-nodejs, emptyDir: {}}]"),
				pod("x: y", ONE + ", volumes: [{name: opentelemetry-auto-instrumentation-java, emptyDir: {}}]"));
		String volume = ONE + ", volumes: [{name: opentelemetry-auto-instrumentation-nodejs, %s}]";
		both(Rule.CHANGED_SINCE, InstrumentMode.REMOVE,
				pod("whence: 'v1 nodejs=a'", volume.formatted("hostPath: {path: /agents}")),
				pod("whence: 'v1 nodejs=a'", volume.formatted("emptyDir: {sizeLimit: 200Mi}")));
		both(Rule.NO_RECIPE, InstrumentMode.OPERATOR_FREE, PLAIN.replace("name: a", "name: A_B"), PLAIN);
	}

	private static void shell() {
		EXAMPLES.put(Rule.LEGACY_QUOTES, Example.ofShell("# say \"hi\"\n", "a: \"hi\"\n"));
		EXAMPLES.put(Rule.LEGACY_BACKSLASH, Example.ofShell("# a\\tb\n", "# a\\db\n"));
		EXAMPLES.put(Rule.LEGACY_EXPANSION, Example.ofShell("# $HOME\n", "# 5 $\n"));
		EXAMPLES.put(Rule.LEGACY_ENDING, Example.ofShell("a: |+\n  x\n\n", "a: |+\n  x\n"));
	}

	static Stream<Arguments> examples() {
		return EXAMPLES.entrySet().stream().map((entry) -> Arguments.of(entry.getKey(), entry.getValue()));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("examples")
	void ruleSpeaksOfItsMistakeOnly(Rule rule, Example example) {
		assertThat(example.codes(example.mistaken())).contains(rule.code());
		assertThat(example.codes(example.correct())).doesNotContain(rule.code());
	}

	@Test
	void everyPublishedRuleHasAnExample() {
		// The one that judges a request's bytes is tried over HTTP.
		assertThat(EXAMPLES.keySet()).hasSize(Rule.values().length - 1).doesNotContain(Rule.LEGACY_REQUEST);
	}

	@Test
	void codesAreUnique() {
		assertThat(Rule.values()).extracting(Rule::code).doesNotHaveDuplicates();
	}

	@Test
	void namespacesAreLintedLikePodsAndNeverEdited() {
		String text = "kind: Namespace\nmetadata:\n  name: shop\n  annotations: {" + O + "inject-java: true, " + O
				+ "inject: 'true', " + O + "container-names: 'a, b', " + O + "inject-python: 'true', " + O
				+ "inject-nodejs: 'true'}\n";
		InstrumentResult result = new Instrumenter(ManifestLimits.DEFAULT).instrument(text,
				InstrumentOptions.of(InstrumentMode.OPERATOR, new LanguageDetector(List.of(), Language.JAVA)));
		assertThat(result.text()).isSameAs(text);
		assertThat(result.workloads()).isEmpty();
		assertThat(result.findings()).extracting(Finding::code).contains("E-STR", "W-INJECT", "E-CN");
		assertThat(result.findings()).allSatisfy((finding) -> {
			assertThat(finding.workload()).isEqualTo("Namespace/shop");
			assertThat(finding.line()).isEqualTo(4);
		});
		String list = "kind: List\nitems:\n- " + text.replace("\n", "\n  ").stripTrailing() + "\n";
		assertThat(Example.codes(list, InstrumentMode.LINT)).contains("E-STR");
	}

	@Test
	void grpcPortIsFoundInTheInstrumentationResourceUnlessOverridden() {
		String resource = """
				apiVersion: opentelemetry.io/v1alpha1
				kind: Instrumentation
				metadata: {name: default}
				spec:
				  exporter: {endpoint: "http://collector:4317"}
				""";
		assertThat(Example.codes(resource, InstrumentMode.LINT)).contains("W-4318");
		String override = "{env: [{name: OTEL_EXPORTER_OTLP_ENDPOINT, value: x}]}\n";
		assertThat(Example.codes(resource + "  python: " + override + "  dotnet: " + override + "  go: " + override,
				InstrumentMode.LINT))
			.isEmpty();
	}

	private static void lint(Rule rule, String mistaken, String correct) {
		both(rule, InstrumentMode.LINT, mistaken, correct);
	}

	private static void operator(Rule rule, String mistaken, String correct) {
		both(rule, InstrumentMode.OPERATOR, mistaken, correct);
	}

	private static void both(Rule rule, InstrumentMode mode, String mistaken, String correct) {
		EXAMPLES.put(rule, new Example(mistaken, correct, mode));
	}

	private static String pod(String annotations, String spec) {
		return "kind: Pod\nmetadata: {annotations: {" + O + annotations + "}}\nspec: {" + spec + "}\n";
	}

	private static String env(String name, String value) {
		return "containers: [{name: a, image: 'node:22', env: [{name: " + name + ", " + value + "}]}]";
	}

	/**
	 * Two manifests.
	 *
	 * @param mode how to look at them; null for the original Action's shell
	 */
	record Example(String mistaken, String correct, @Nullable InstrumentMode mode) {

		static Example ofShell(String mistaken, String correct) {
			return new Example(mistaken, correct, null);
		}

		List<String> codes(String text) {
			if (this.mode != null) {
				return codes(text, this.mode);
			}
			return LegacyShell.prepare(text, ManifestLimits.DEFAULT).losses().stream().map(Finding::code).toList();
		}

		static List<String> codes(String text, InstrumentMode mode) {
			return new Instrumenter(ManifestLimits.DEFAULT)
				.instrument(text, InstrumentOptions.of(mode, new LanguageDetector(List.of(), null)))
				.findings()
				.stream()
				.map(Finding::code)
				.toList();
		}

	}

}
