package dev.whence.instrumenter.manifest;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.whence.instrumenter.language.Language;
import dev.whence.instrumenter.language.LanguageDetector;
import dev.whence.instrumenter.language.LanguageHint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class InstrumenterTests {

	private static final Instrumenter INSTRUMENTER = new Instrumenter(ManifestLimits.DEFAULT);

	private static final InstrumentOptions OPERATOR = TestOptions.OPERATOR;

	static Stream<Map.Entry<String, String>> shapes() {
		return Shapes.all().entrySet().stream();
	}

	@ParameterizedTest
	@MethodSource("shapes")
	void everyShapeChangesByAdditionsOnly(Map.Entry<String, String> shape) {
		InstrumentResult result = run(shape.getValue(), OPERATOR);
		assertThat(result.changed()).as("%s: %s", shape.getKey(), result.findings()).isTrue();
		assertThat(result.text()).contains("instrumentation.opentelemetry.io/inject-");
		assertThat(SubsequenceOracle.lostFrom(shape.getValue(), result.text())).as(shape.getKey()).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("shapes")
	void secondPassChangesNothing(Map.Entry<String, String> shape) {
		String once = run(shape.getValue(), OPERATOR).text();
		InstrumentResult twice = run(once, OPERATOR);
		assertThat(twice.text()).isEqualTo(once);
		assertThat(twice.changed()).isFalse();
	}

	@ParameterizedTest
	@MethodSource("shapes")
	void removingGivesBackTheVeryText(Map.Entry<String, String> shape) {
		for (InstrumentMode mode : List.of(InstrumentMode.OPERATOR, InstrumentMode.OPERATOR_FREE)) {
			InstrumentResult done = run(shape.getValue(), OPERATOR.with(mode));
			InstrumentResult undone = run(done.text(), OPERATOR.with(InstrumentMode.REMOVE));
			assertThat(undone.text()).as("%s, %s", shape.getKey(), mode).isEqualTo(shape.getValue());
			assertThat(undone.changed()).isEqualTo(done.changed());
		}
	}

	@Test
	void blockAnnotationsComeFirstAndInSingleQuotes() {
		String text = Shapes.deployment("    metadata:\n      annotations:\n        a: b # c\n");
		assertThat(run(text, OPERATOR).text()).contains("""
				      annotations:
				        instrumentation.opentelemetry.io/inject-java: 'true'
				        instrumentation.opentelemetry.io/whence: 'v1 +inject-java'
				        a: b # c
				""");
	}

	@Test
	void severalContainersForceNames() {
		assertThat(run(Shapes.all().get("two containers"), OPERATOR).text())
			.contains("instrumentation.opentelemetry.io/container-names: 'orders'");
		assertThat(run(Shapes.all().get("two languages"), OPERATOR).text())
			.contains("instrumentation.opentelemetry.io/java-container-names: 'orders'")
			.contains("instrumentation.opentelemetry.io/nodejs-container-names: 'web'");
	}

	@Test
	void alpineGetsItsPlatform() {
		assertThat(run(Shapes.all().get("OpenShift Template"), OPERATOR).text())
			.contains("otel-dotnet-auto-runtime: 'linux-musl-x64'");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					template: *tpl                                                        | REFUSED_ALIAS
					template: &t {spec: {containers: [{name: a, image: node}]}}%nx: *t    | REFUSED_ANCHOR
					template: {<<: *m, spec: {containers: [{name: a, image: node}]}}      | REFUSED_MERGE
					template: {metadata: {annotations: *m}, spec: {containers: [{name: a, image: node}]}} | REFUSED_ALIAS
					template: {metadata: {annotations: {}, annotations: {}}, spec: {containers: [{name: a, image: node}]}} | REFUSED_DUPLICATE_KEY
					template: {metadata: {annotations: text}, spec: {containers: [{name: a, image: node}]}} | REFUSED_SHAPE
					template: {metadata: {annotations: &a ~}, spec: {containers: [{name: a, image: node}]}} | REFUSED_UNSAFE
					template: {metadata: {? annotations : {a: b}}, spec: {containers: [{name: a, image: node}]}} | REFUSED_EXPLICIT_KEY
					""")
	void doubtfulPlaceIsRefused(String template, String code) {
		String text = "m: &m {a: b}\ntpl: &tpl {spec: {containers: [{name: a, image: node}]}}\nkind: Deployment\nspec:\n  "
				+ template.replace("%n", "\n  ") + "\n";
		InstrumentResult result = run(text, OPERATOR);
		assertThat(result.text()).isSameAs(text);
		assertThat(result.findings()).extracting(Finding::code).contains(code);
		assertThat(result.workloads()).allSatisfy((report) -> assertThat(report.action()).isEqualTo("refused"));
	}

	@Test
	void refusalKeepsTheWholeDocumentButNotItsNeighbours() {
		String good = Shapes.deployment("");
		String text = good + "---\n" + good.replace("kind: Deployment", "kind: Deployment\nkind: Deployment") + "---\n"
				+ good;
		InstrumentResult result = run(text, OPERATOR);
		assertThat(result.workloads()).extracting(WorkloadReport::action)
			.containsExactly("injected", "refused", "injected");
		assertThat(result.text()).contains(good.replace("kind: Deployment", "kind: Deployment\nkind: Deployment"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			inject-java: "true"     | already     | ALREADY_INSTRUMENTED
			inject-java: other/cr   | already     | ALREADY_INSTRUMENTED
			inject-java: "false"    | opted_out   | OPTED_OUT
			inject-java: true       | refused     | E-STR
			inject-nodejs: "true"   | conflict    | OTHER_LANGUAGE
			""")
	void annotationsThatAreThereAreRespected(String annotation, String action, String code) {
		String text = Shapes.deployment(
				"    metadata:\n      annotations:\n        instrumentation.opentelemetry.io/" + annotation + "\n");
		InstrumentResult result = run(text, OPERATOR);
		assertThat(result.text()).isSameAs(text);
		assertThat(result.workloads()).extracting(WorkloadReport::action).containsExactly(action);
		assertThat(result.findings()).extracting(Finding::code).contains(code);
		assertThat(run(text, OPERATOR.with(InstrumentMode.REMOVE)).text()).isSameAs(text);
	}

	@Test
	void unknownLanguageIsReportedWithAHintAndNeverGuessed() {
		String text = Shapes.deployment("").replace("eclipse-temurin:21-jre", "registry.example.com/team/app:1");
		InstrumentResult result = run(text, OPERATOR);
		assertThat(result.text()).isSameAs(text);
		assertThat(result.findings()).extracting(Finding::code).containsExactly("UNKNOWN_LANGUAGE");
		assertThat(result.findings().getFirst().container()).isEqualTo("orders");
		LanguageHint hint = new LanguageHint("ord*", null, "*/team/app", Language.PYTHON);
		assertThat(run(text, InstrumentOptions.of(InstrumentMode.OPERATOR, new LanguageDetector(List.of(hint), null)))
			.text()).contains("inject-python");
	}

	@Test
	void infrastructureIsLeftAloneUnlessNamed() {
		String text = Shapes.deployment("").replace("eclipse-temurin:21-jre", "docker.io/library/redis:7");
		InstrumentOptions java = InstrumentOptions.of(InstrumentMode.OPERATOR,
				new LanguageDetector(List.of(), Language.JAVA));
		assertThat(run(text, java).workloads()).extracting(WorkloadReport::action).containsExactly("skipped_infra");
		InstrumentOptions named = InstrumentOptions.of(InstrumentMode.OPERATOR,
				new LanguageDetector(List.of(new LanguageHint(null, "orders", null, Language.JAVA)), null));
		assertThat(run(text, named).changed()).isTrue();
	}

	@Test
	void conditionalAnnotationsOfATemplateAreRefusedWithAHintToItsValues() {
		String text = Shapes.deployment("""
				    metadata:
				      {{- with .Values.podAnnotations }}
				      annotations:
				        {{- toYaml . | nindent 8 }}
				      {{- end }}
				""");
		InstrumentResult result = run(text, OPERATOR);
		assertThat(result.text()).isSameAs(text);
		assertThat(result.findings()).extracting(Finding::code).contains("REFUSED_TEMPLATE");
		assertThat(result.findings().getFirst().remedy()).contains("values.yaml");
	}

	@Test
	void templateThatDoesNotEvenParseMaskedIsRefusedInsteadOfFailed() {
		String text = "a: [{{ if .x }}\nkind: Deployment\n";
		assertThat(run(text, OPERATOR).text()).isSameAs(text);
	}

	@Test
	void syntaxErrorNamesThePlaceAndQuotesNothing() {
		assertThatExceptionOfType(ManifestRefusedException.class)
			.isThrownBy(() -> run("kind: Pod\npassword: [hunter2\n", OPERATOR))
			.satisfies((refusal) -> assertThat(refusal.line()).isGreaterThan(0))
			.satisfies((refusal) -> assertThat(refusal.explanation()).doesNotContain("hunter2"))
			.withNoCause();
	}

	@Test
	void diffIsWhatWasAdded() {
		assertThat(run(Shapes.all().get("CronJob"), OPERATOR).diff()).isEqualTo("""
				--- a/manifest
				+++ b/manifest
				@@ -8,7 +8,7 @@
				     spec:
				       template:
				         metadata:
				-          annotations: {}
				+          annotations: {instrumentation.opentelemetry.io/inject-java: 'true', \
				instrumentation.opentelemetry.io/whence: 'v1 +inject-java -annotations={}'}
				         spec:
				           containers:
				           - {name: orders, image: "eclipse-temurin:21-jre"}
				""");
	}

	@Test
	void optionsThatCouldBreakOutOfTheirQuotesAreRefused() {
		for (String bad : List.of("a b", "x'y", "UPPER", "a/b/c", "", "a\n")) {
			assertThatExceptionOfType(IllegalArgumentException.class)
				.isThrownBy(() -> new InstrumentOptions(InstrumentMode.OPERATOR, OPERATOR.detector(), bad,
						OPERATOR.minConfidence(), OPERATOR.kinds(), OPERATOR.endpoint(), OPERATOR.images()));
		}
	}

	private static InstrumentResult run(String text, InstrumentOptions options) {
		return INSTRUMENTER.instrument(text, options);
	}

}
