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
	void hintsInTheQueryNameContainersWorkloadsAndImages() {
		String pod = "kind: Pod\nmetadata: {name: shop}\nspec: {containers: [{name: a, image: x/a}, "
				+ "{name: b, image: x/b}, {name: c, image: x/c:1}, {name: d, image: redis}]}\n";
		yaml("/workflow/instrument?hints=a=java,shop/b=nodejs,other/*=python&hints=image:x/c=dotnet", pod)
			.expectBody(String.class)
			.value((text) -> assertThat(text).contains("/java-container-names: 'a'")
				.contains("/nodejs-container-names: 'b'")
				.contains("/dotnet-container-names: 'c'")
				.doesNotContain("python"));
		yaml("/workflow/instrument?hints=a", pod).expectStatus().isBadRequest();
		yaml("/workflow/instrument?hints=a=cobol", pod).expectStatus().isBadRequest();
	}

	@Test
	void infrastructureIsTouchedOnlyWhenAskedFor() {
		String pod = "kind: Pod\nspec: {containers: [{name: a, image: 'bitnami/kafka:3'}]}\n";
		yaml("/workflow/instrument", pod).expectHeader().valueEquals("X-Finding-Codes", "SKIPPED_INFRA");
		yaml("/workflow/instrument?skip_infra=false", pod).expectHeader().valueEquals("X-Changes-Made", "true");
		json("/workflow/instrument", Map.of("manifest_content", pod, "deployment_name", "c", "skip_infra", false))
			.expectBody()
			.jsonPath("$.changes_made")
			.isEqualTo(true);
		yaml("/workflow/instrument?skip_infra=maybe", pod).expectStatus().isBadRequest();
	}

	@Test
	void companionComesWithRawYamlAndWithBatchesToo() {
		this.client.post()
			.uri("/workflow/instrument?emit_instrumentation_cr=true")
			.contentType(MediaType.parseMediaType("application/yaml"))
			.accept(MediaType.APPLICATION_JSON)
			.body(MANIFEST.getBytes(StandardCharsets.UTF_8))
			.exchange()
			.expectBody()
			.jsonPath("$.instrumentation_resource")
			.exists();
		json("/workflow/instrument/batch",
				Map.of("emit_instrumentation_cr", true, "files",
						List.of(Map.of("path", "a.yaml", "manifest_content", MANIFEST))))
			.expectBody()
			.jsonPath("$.files[0].instrumentation_resource")
			.exists();
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
			.body("{\"manifest_content\": \"re: '^\\d+$\ttab'\\n\", \"deployment_name\": \"c\"}")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.modified_manifest_content")
			.isEqualTo("re: '^\\d+$\ttab'\n");
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
