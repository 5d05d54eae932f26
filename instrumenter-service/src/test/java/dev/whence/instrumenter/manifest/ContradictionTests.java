package dev.whence.instrumenter.manifest;

import java.util.List;
import java.util.Set;

import dev.whence.instrumenter.language.Language;
import dev.whence.instrumenter.language.LanguageDetector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** What stands in a manifest already and contradicts what is to be added. */
class ContradictionTests {

	private static final LanguageDetector JAVA_EVERYWHERE = new LanguageDetector(List.of(), Language.JAVA);

	private static final String O = "instrumentation.opentelemetry.io/";

	private static final String JAVA = "{name: app, image: 'registry.example/app:1', command: [java, -jar, /a.jar]}";

	private static final String NODE = "{name: ui, image: 'registry.example/ui:1', command: [node, server.js]}";

	private static final String PROXY = "{name: istio-proxy, image: 'docker.io/istio/proxyv2:1.20'}";

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			container-names: istio-proxy           | the proxy is listed, and would get the agent
			container-names: 'app,istio-proxy'     | the proxy is listed, too
			nodejs-container-names: 'ui,app'       | the other language's container, too
			""")
	void aListOfOtherContainersIsRefused(String list, String why) {
		InstrumentResult result = run(pod(O + list, PROXY, JAVA, NODE), InstrumentMode.OPERATOR);
		assertThat(result.changed()).as(why).isFalse();
		assertThat(result.findings()).as(why).extracting(Finding::code).contains("E-LIST");
		assertThat(result.workloads()).extracting(WorkloadReport::action).doesNotContain("injected");
	}

	@ParameterizedTest
	@CsvSource({ "container-names: ui, nodejs, ui", "container-names: app, java, app",
			"java-container-names: ui, nodejs, ui" })
	void ofTwoLanguagesOnlyThatIsEnabledWhoseContainerIsListed(String list, String language, String container) {
		InstrumentResult result = run(pod(O + list, JAVA, NODE), InstrumentMode.OPERATOR);
		assertThat(result.text()).containsOnlyOnce(O + "inject-").contains("inject-" + language + ": 'true'");
		assertThat(result.workloads()).filteredOn((report) -> report.action().equals("injected"))
			.extracting(WorkloadReport::container)
			.containsExactly(container);
	}

	@Test
	void aListThatLeavesContainersOutIsTheAuthorsWish() {
		String second = JAVA.replace("app", "batch");
		InstrumentResult result = run(pod(O + "container-names: app", JAVA, second, PROXY), InstrumentMode.OPERATOR);
		assertThat(result.text()).contains(O + "inject-java: 'true'").doesNotContain("java-container-names");
		assertThat(result.workloads()).extracting(WorkloadReport::container, WorkloadReport::action)
			.containsExactlyInAnyOrder(tuple("app", "injected"), tuple("batch", "opted_out"),
					tuple("istio-proxy", "skipped_infra"));
		assertThat(result.findings()).extracting(Finding::code).contains("NOT_LISTED");
		assertThat(run(result.text(), InstrumentMode.LINT).findings()).extracting(Finding::severity)
			.doesNotContain("error");
	}

	@Test
	void aLanguageKeepsItsListAndTheOtherGetsOne() {
		InstrumentResult result = run(pod(O + "java-container-names: app", JAVA, NODE), InstrumentMode.OPERATOR);
		assertThat(result.text()).contains(O + "nodejs-container-names: 'ui'").doesNotContain(O + "container-names");
		assertThat(result.workloads()).extracting(WorkloadReport::action).containsOnly("injected");
	}

	@Test
	void theLanguagesOwnListIsNotDoubledByACommonOne() {
		InstrumentResult result = run(pod(O + "java-container-names: app", JAVA, PROXY), InstrumentMode.OPERATOR);
		assertThat(result.changed()).isTrue();
		assertThat(result.text()).doesNotContain(O + "container-names");
	}

	@Test
	void whatIsListedAlreadyIsFoundByLint() {
		String text = pod(O + "inject-java: 'true', " + O + "container-names: istio-proxy", PROXY, JAVA);
		InstrumentResult result = run(text, InstrumentMode.LINT);
		assertThat(result.findings()).extracting(Finding::code).contains("E-LIST", "NOT_LISTED");
		assertThat(result.workloads()).extracting(WorkloadReport::action).containsExactly("skipped_infra", "opted_out");
	}

	@ParameterizedTest
	@ValueSource(strings = { "''", "\"\"", "", "~" })
	void anEmptyInjectAnnotationIsCalledByItsName(String empty) {
		InstrumentResult result = run(pod(O + "inject-java: " + empty, JAVA), InstrumentMode.OPERATOR);
		assertThat(result.changed()).isFalse();
		assertThat(result.findings()).extracting(Finding::code)
			.contains("W-EMPTY")
			.doesNotContain("REFUSED_DUPLICATE_KEY");
	}

	@ParameterizedTest
	@ValueSource(strings = { "labels: {sidecar.istio.io/inject: \"true\"}", "annotations: {linkerd.io/inject: enabled}",
			"annotations: {dapr.io/enabled: \"true\"}", "annotations: {sidecar.istio.io/inject: \"true\"}" })
	void aProxyThatAWebhookAddsMakesTheContainerBeNamed(String metadata) {
		String text = "kind: Pod\nmetadata: {" + metadata + "}\nspec: {containers: [" + JAVA + "]}\n";
		InstrumentResult result = run(text, InstrumentMode.OPERATOR);
		assertThat(result.text()).contains(O + "container-names: 'app'");
		String unnamed = text.replace("metadata: {", "metadata: {name: x, ")
			.replace("annotations: {", "annotations: {" + O + "inject-java: 'true', ")
			.replace("labels: {", "annotations: {" + O + "inject-java: 'true'}, labels: {");
		assertThat(run(unnamed, InstrumentMode.LINT).findings()).extracting(Finding::code).contains("W-FIRST");
	}

	@ParameterizedTest
	@ValueSource(strings = { "labels: {sidecar.istio.io/inject: \"false\"}", "labels: {app: web}" })
	void withoutAProxyOneContainerNeedsNoName(String metadata) {
		String text = "kind: Pod\nmetadata: {" + metadata + "}\nspec: {containers: [" + JAVA + "]}\n";
		assertThat(run(text, InstrumentMode.OPERATOR).text()).doesNotContain("container-names");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					volumes: [{name: opentelemetry-auto-instrumentation-java, emptyDir: {}}]           | {name: app, image: x}
					volumes: [{name: opentelemetry-auto-instrumentation-java, configMap: {name: c}}]   | {name: app, image: x}
					volumes: [{name: d, emptyDir: {}}]     | {name: app, image: x, volumeMounts: [{name: d, mountPath: /otel-auto-instrumentation-java-app}]}
					volumes: [{name: d, emptyDir: {}}]     | {name: app, image: x, volumeMounts: [{name: d, mountPath: /otel-auto-instrumentation-java-app/}]}
					volumes: [{name: d, emptyDir: {}}]     | {name: app, image: x, volumeMounts: [{name: d, mountPath: /otel-auto-instrumentation-java-app/lib}]}
					""")
	void aNameOrPathOfTheAuthorsIsNotTakenASecondTime(String volumes, String container) {
		String text = "kind: Pod\nspec:\n  " + volumes + "\n  containers:\n  - " + container + "\n";
		InstrumentResult result = run(text, InstrumentMode.OPERATOR_FREE);
		assertThat(result.text()).isSameAs(text);
		assertThat(result.findings()).extracting(Finding::code).contains("REFUSED_TAKEN");
		assertThat(run(text, InstrumentMode.REMOVE).text()).isSameAs(text);
	}

	@Test
	void removingLeavesTheAuthorsOwnWhereAnEarlierVersionDoubledIt() {
		String own = """
				kind: Pod
				spec:
				  volumes:
				  - name: opentelemetry-auto-instrumentation-java
				    hostPath: {path: /agents}
				  containers:
				  - name: app
				    image: registry.example/app:1
				    volumeMounts:
				    - name: opentelemetry-auto-instrumentation-java
				      mountPath: /agents
				""";
		String other = own.replace("opentelemetry-auto-instrumentation-java", "agents");
		String doubled = run(other, InstrumentMode.OPERATOR_FREE).text()
			.replace("- name: agents", "- name: opentelemetry-auto-instrumentation-java");
		assertThat(doubled).isNotEqualTo(own);
		InstrumentResult result = run(doubled, InstrumentMode.REMOVE);
		assertThat(result.findings()).isEmpty();
		assertThat(result.text()).isEqualTo(own);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					-javaagent:/otel-auto-instrumentation-java-app/javaagent.jar | -javaagent:/otel-auto-instrumentation-java-app/javaagent.jar -Xmx2g
					valueFrom: {fieldRef: {fieldPath: 'status.hostIP'}}          | value: mine
					autoinstrumentation-java                                     | my-own-agent
					mountPath: '/otel-auto-instrumentation-java-app'             | mountPath: '/mine'
					""")
	void whatWasChangedSinceIsNotTakenForOurs(String written, String changed) {
		String text = "kind: Pod\nspec: {containers: [{name: app, image: 'registry.example/app:1'}]}\n";
		String edited = run(text, InstrumentMode.OPERATOR_FREE).text().replace(written, changed);
		InstrumentResult result = run(edited, InstrumentMode.REMOVE);
		assertThat(result.text()).as(written).isSameAs(edited);
		assertThat(result.findings()).extracting(Finding::code).contains("REFUSED_CHANGED");
	}

	@ParameterizedTest
	@CsvSource({ "http://c:4317, '', W-4318", "http://c:4317/, '', W-4318", "http://c:4318, grpc, W-4318",
			"http://c:4317, grpc, ''", "http://c:4318, '', ''", "http://c:4318/v1/traces, '', W-PATH",
			"http://c:4318/v1/logs/, '', W-PATH", "http://c/otlp, '', ''", "http://c:43170, '', ''" })
	void anEndpointThatDoesNotFitItsProtocolIsFound(String endpoint, String protocol, String code) {
		String environment = protocol.isEmpty() ? ""
				: ", env: [{name: OTEL_EXPORTER_OTLP_PROTOCOL, value: " + protocol + "}]";
		String text = "kind: Pod\nspec: {containers: [{name: app, image: 'registry.example/app:1'" + environment
				+ "}]}\n";
		InstrumentOptions options = new InstrumentOptions(InstrumentMode.OPERATOR_FREE, JAVA_EVERYWHERE, "true",
				TestOptions.OPERATOR.minConfidence(), Set.of(), endpoint, InstrumentOptions.AgentImages.DEFAULT);
		List<String> codes = new Instrumenter(ManifestLimits.DEFAULT).instrument(text, options)
			.findings()
			.stream()
			.map(Finding::code)
			.toList();
		if (code.isEmpty()) {
			assertThat(codes).isEmpty();
		}
		else {
			assertThat(codes).containsExactly(code);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "kind: ScaledJob\nspec: {jobTargetRef: {template: %s}}",
			"kind: CloneSet\nspec: {template: %s}", "kind: BroadcastJob\nspec: {template: %s}" })
	void otherControllersHaveTheirTemplatesToo(String text) {
		String template = "{spec: {containers: [" + JAVA + "]}}";
		assertThat(run(text.formatted(template) + "\n", InstrumentMode.OPERATOR).text())
			.contains("inject-java: 'true'");
	}

	@Test
	void whatIsPassedOverSaysWhyAndStopsNobodyElse() {
		String text = "kind: Rollout\nspec: {workloadRef: {kind: Deployment, name: shop}}\n---\n"
				+ Shapes.deployment("");
		InstrumentResult result = run(text, InstrumentMode.OPERATOR);
		assertThat(result.workloads()).extracting(WorkloadReport::action).containsExactly("skipped", "injected");
		assertThat(result.findings()).extracting(Finding::code).containsExactly("SKIPPED_REFERENCE");
	}

	private static InstrumentResult run(String text, InstrumentMode mode) {
		LanguageDetector detector = (mode == InstrumentMode.OPERATOR || mode == InstrumentMode.LINT)
				? new LanguageDetector(List.of(), null) : JAVA_EVERYWHERE;
		return new Instrumenter(ManifestLimits.DEFAULT).instrument(text, InstrumentOptions.of(mode, detector));
	}

	private static String pod(String annotations, String... containers) {
		return "kind: Pod\nmetadata: {annotations: {" + annotations + "}}\nspec: {containers: ["
				+ String.join(", ", containers) + "]}\n";
	}

}
