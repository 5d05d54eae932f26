package dev.whence.instrumenter.workflow;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import dev.whence.instrumenter.WithoutDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The service over HTTP, with a database that is down from the start. */
@WithoutDatabase
class InstrumentApiTests {

	private static final String MANIFEST = """
			kind: Deployment # keep me
			spec:
			  template:
			    spec:
			      containers:
			        - {name: c, image: "node:22"}
			""";

	@LocalServerPort
	private int port;

	@Autowired
	private MeterRegistry meters;

	private RestTestClient client;

	@BeforeEach
	void connect() {
		this.client = RestTestClient.bindToServer().baseUrl("http://localhost:" + this.port).build();
	}

	@Test
	void originalContractHolds() {
		json("/workflow/instrument", Map.of("manifest_content", MANIFEST, "deployment_name", "c", "extra", 1))
			.expectStatus()
			.isOk()
			.expectHeader()
			.valueMatches("ETag", "\"[0-9a-f]{64}\"")
			.expectBody()
			.jsonPath("$.changes_made")
			.isEqualTo(true)
			.jsonPath("$.modified_manifest_content")
			.value((text) -> assertThat((String) text).contains("# keep me").contains("inject-nodejs: 'true'"))
			.jsonPath("$.workloads[0].language")
			.isEqualTo("nodejs")
			.jsonPath("$.workloads[0].action")
			.isEqualTo("injected")
			.jsonPath("$.summary.actions.injected")
			.isEqualTo(1)
			.jsonPath("$.diff")
			.value((diff) -> assertThat((String) diff).contains("+    metadata:"));
	}

	@Test
	void unchangedManifestComesBackAsItWas() {
		json("/workflow/instrument",
				Map.of("manifest_content", "kind: Service\n", "deployment_name", "c", "client_repo", "octo/repo"))
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.changes_made")
			.isEqualTo(false)
			.jsonPath("$.modified_manifest_content")
			.isEqualTo("kind: Service\n");
	}

	@Test
	void rawYamlGoesInAndComesOut() {
		byte[] body = yaml("/workflow/instrument?mode=operator", MANIFEST).expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals("X-Changes-Made", "true")
			.expectHeader()
			.valueMatches("ETag", "\"[0-9a-f]{64}\"")
			.expectBody()
			.returnResult()
			.getResponseBody();
		assertThat(new String(body, StandardCharsets.UTF_8)).contains("inject-nodejs");
		byte[] back = yaml("/workflow/instrument?mode=remove", new String(body, StandardCharsets.UTF_8)).expectBody()
			.returnResult()
			.getResponseBody();
		assertThat(new String(back, StandardCharsets.UTF_8)).isEqualTo(MANIFEST);
	}

	@Test
	void languageInTheQueryIsForWhatNothingElseDecides() {
		String unknown = MANIFEST.replace("node:22", "team/app:1");
		yaml("/workflow/instrument?language=java", unknown).expectHeader().valueEquals("X-Changes-Made", "true");
		yaml("/workflow/instrument", unknown).expectHeader()
			.valueEquals("X-Changes-Made", "false")
			.expectHeader()
			.valueEquals("X-Finding-Codes", "UNKNOWN_LANGUAGE");
	}

	@Test
	void companionExportsToTheEndpoint() {
		json("/workflow/instrument",
				Map.of("manifest_content", MANIFEST, "deployment_name", "c", "emit_instrumentation_cr", true,
						"endpoint", "http://collector:4318"))
			.expectBody()
			.jsonPath("$.instrumentation_resource")
			.value((text) -> assertThat((String) text).contains("kind: 'Instrumentation'")
				.contains("endpoint: 'http://collector:4318'"));
	}

	@Test
	void syntaxErrorIs422WithItsPlaceAndWithoutItsText() {
		json("/workflow/instrument", Map.of("manifest_content", "a: b\npassword: [hunter2\n", "deployment_name", "c"))
			.expectStatus()
			.isEqualTo(422)
			.expectHeader()
			.contentTypeCompatibleWith("application/problem+json")
			.expectBody(String.class)
			.value((body) -> assertThat(body).doesNotContain("hunter2")
				.contains("\"line\":3")
				.contains("\"column\":1")
				.contains("\"reason\":\"yaml-syntax\"")
				.contains("\"code\":\"invalid-field\""));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"deployment_name": "c"}                                                       | 422 | /manifest_content
			{"manifest_content": "a: b"}                                                   | 422 | /deployment_name
			{"manifest_content": 7, "deployment_name": "c"}                                | 422 | /manifest_content
			{"manifest_content": "a", "deployment_name": "c", "mode": "x"}                 | 422 | /mode
			{"manifest_content": "a", "deployment_name": "c", "hints": [{"language": 1}]}  | 422 | /hints/0/language
			{"manifest_content": "a", "deployment_name": "c", "instrumentation": "a'b"}    | 422 | /instrumentation
			{"manifest_content": "a", "deployment_name": "c", "endpoint": "file:///x"}     | 422 | /endpoint
			{"manifest_content": "a                                                        | 400 |
			[]                                                                             | 400 |
			""")
	void wrongFieldIsNamed(String body, int status, String pointer) {
		this.client.post()
			.uri("/workflow/instrument")
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectBody(String.class)
			.value((text) -> assertThat(text)
				.contains((pointer != null) ? "\"pointer\":\"" + pointer : "malformed-body"));
	}

	@Test
	void tooLargeAndUnknownTypesAreRefused() {
		yaml("/workflow/instrument", "a: " + "x".repeat(1_100_000)).expectStatus().isEqualTo(413);
		this.client.post()
			.uri("/workflow/instrument")
			.contentType(MediaType.TEXT_PLAIN)
			.body("a: b")
			.exchange()
			.expectStatus()
			.isEqualTo(415);
	}

	@Test
	void bodyWrittenBySedIsUnderstood() {
		this.client.post()
			.uri("/workflow/instrument")
			.contentType(MediaType.APPLICATION_JSON)
			.body("{\"manifest_content\": \"re: '^\\d+$'\ttab\\n\", \"deployment_name\": \"c\"}")
			.exchange()
			.expectStatus()
			.isEqualTo(422)
			.expectBody(String.class)
			.value((text) -> assertThat(text).contains("yaml-syntax"));
		this.client.post()
			.uri("/workflow/instrument")
			.contentType(MediaType.APPLICATION_JSON)
			.body("{\"manifest_content\": \"re: '^\\d+$'\\n\", \"deployment_name\": \"c\"}")
			.exchange()
			.expectStatus()
			.isOk();
	}

	/**
	 * The original Action writes the answer with echo -e inside a shell's double quotes.
	 * What comes out must mean what the manifest meant.
	 */
	@ParameterizedTest
	@ValueSource(strings = {
			"kind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - name: c\n          image: \"node:22\"\n          env:\n            - name: A\n              value: \"true\"\n            - {name: B, value: \"it's  two  words\"}\n",
			"{\"kind\": \"Pod\", \"spec\": {\"containers\": [{\"name\": \"c\", \"image\": \"node:22\"}]}}\n",
			"kind: Service\nspec: {ports: [{port: 80, name: \"on\"}]}\n" })
	void originalActionGetsAManifestThatSurvivesItsShell(String manifest) throws Exception {
		String escaped = manifest.replace("\n", "\\n").replace("\"", "\\\"");
		String body = "{  \"manifest_content\": \"" + escaped
				+ "\",  \"deployment_name\": \"my-production-app\",  \"client_repo\": \"octo/repo\"}";
		Map<?, ?> answer = this.client.post()
			.uri("/workflow/instrument")
			.header("User-Agent", "curl/7.88.1")
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.exchange()
			.expectStatus()
			.isOk()
			.returnResult(Map.class)
			.getResponseBody();
		String modified = (String) answer.get("modified_manifest_content");
		String written = shell("echo -e \"" + modified.stripTrailing() + "\"");
		assertThat(meaning(written)).isEqualTo(meaning(modified));
		Object before = meaning(manifest);
		if (Boolean.FALSE.equals(answer.get("changes_made"))) {
			assertThat(meaning(written)).isEqualTo(before);
		}
		else {
			assertThat(written).contains("inject-nodejs");
		}
	}

	private static Object meaning(String yaml) {
		return new Load(LoadSettings.builder().build()).loadFromString(yaml);
	}

	private static String shell(String script) throws Exception {
		Process bash = new ProcessBuilder("bash", "-c", script).redirectErrorStream(true).start();
		String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(bash.waitFor()).isZero();
		return output;
	}

	@Test
	void otherClientsGetTheirDoubleQuotesBack() {
		json("/workflow/instrument",
				Map.of("manifest_content", MANIFEST, "deployment_name", "c", "client_repo", "octo/repo"))
			.expectBody()
			.jsonPath("$.modified_manifest_content")
			.value((text) -> assertThat((String) text).contains("\"node:22\""));
	}

	@Test
	void batchAnswersEachFileByItself() {
		json("/workflow/instrument/batch",
				Map.of("files",
						List.of(Map.of("path", "a.yaml", "manifest_content", MANIFEST),
								Map.of("path", "b.yaml", "manifest_content", "a: ["),
								Map.of("path", "c.yaml", "manifest_content", "kind: Service"))))
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.changed")
			.isEqualTo(1)
			.jsonPath("$.failed")
			.isEqualTo(1)
			.jsonPath("$.files[0].modified_manifest_content")
			.exists()
			.jsonPath("$.files[1].error.code")
			.isEqualTo("yaml-syntax")
			.jsonPath("$.files[2].changes_made")
			.isEqualTo(false);
	}

	@Test
	void lintAndRulesSpeakTheSameCodes() {
		yaml("/workflow/lint", """
				kind: Pod
				metadata: {annotations: {instrumentation.opentelemetry.io/inject-java: true}}
				spec: {containers: []}
				""").expectBody().jsonPath("$.findings[?(@.code=='E-STR')]").exists();
		this.client.get()
			.uri("/workflow/rules")
			.exchange()
			.expectBody()
			.jsonPath("$.rules[?(@.code=='E-STR')].remedy")
			.exists();
	}

	@ParameterizedTest
	@ValueSource(strings = { "[", "{a: ", "- " })
	void nestingIsRefusedAndTheServiceLives(String bracket) {
		yaml("/workflow/instrument", bracket.repeat(100_000)).expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.reason")
			.isEqualTo("yaml-too-deep");
		this.client.get().uri("/health").exchange().expectStatus().isOk();
	}

	@Test
	void databaseThatIsDownCostsCountsOnly() {
		yaml("/workflow/instrument", MANIFEST).expectStatus().isOk();
		this.client.get().uri("/readiness").exchange().expectStatus().isOk();
		await().untilAsserted(
				() -> assertThat(this.meters.counter("whence.instrumenter.usage.failures").count()).isPositive());
		this.client.get().uri("/workflow/usage").exchange().expectStatus().isEqualTo(503);
	}

	private RestTestClient.ResponseSpec json(String uri, Map<String, Object> body) {
		return this.client.post().uri(uri).contentType(MediaType.APPLICATION_JSON).body(body).exchange();
	}

	private RestTestClient.ResponseSpec yaml(String uri, String body) {
		return this.client.post()
			.uri(uri)
			.contentType(MediaType.parseMediaType("application/yaml"))
			.body(body.getBytes(StandardCharsets.UTF_8))
			.exchange();
	}

}
