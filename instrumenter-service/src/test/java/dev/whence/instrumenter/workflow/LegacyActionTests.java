package dev.whence.instrumenter.workflow;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import dev.whence.instrumenter.WithoutDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The original Action's requests, byte for byte, and what its shell then makes of the
 * answers: the file it writes means what was answered, or a finding says that it does
 * not.
 */
@WithoutDatabase
class LegacyActionTests {

	private static final JsonMapper JSON = new JsonMapper();

	private static final String POD = "kind: Pod\nspec:\n  containers:\n    - name: c\n      image: node:22\n";

	private static final Pattern ADDED = Pattern
		.compile("(?m)^metadata:\\n  annotations:\\n(    instrumentation.*\\n)+");

	private final HttpClient http = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	@TempDir
	private Path folder;

	@Test
	void everyRecordedRequestEndsInAFileThatMeansTheSameOrInAFinding() throws Exception {
		Path here = Path.of("").toAbsolutePath();
		Path root = Files.exists(here.resolve("mvnw")) ? here : here.getParent();
		Path recorded = root.resolveSibling("shared").resolve("samples/traceassist/action-simulation.json");
		assumeTrue(Files.exists(recorded), "no recorded requests of the original Action beside this repository");
		List<String> refused = new ArrayList<>();
		int played = 0;
		for (JsonNode one : JSON.readTree(recorded)) {
			String name = one.get("name").asString() + " (" + one.get("server").asString() + ")";
			HttpResponse<String> answer = post(one.get("raw_request_body").asString());
			if (answer.statusCode() != 200) {
				// The Action stops here and the file stays as it is.
				assertThat(answer.statusCode()).as(name).isEqualTo(422);
				refused.add(one.get("name").asString());
				continue;
			}
			survives(name, JSON.readTree(answer.body()));
			played++;
		}
		assertThat(played).isPositive();
		// What was sent has lost the backslashes before its quotes, and is no YAML.
		assertThat(refused).allMatch("deployment-plain.yaml"::equals);
	}

	@ParameterizedTest
	@ValueSource(strings = { "# plain\n", "a: \"it's\"\n", "a: \"x\\ty \\u00e9 \\x41\"\n", "a: 'cost: 5$ and ^\\d+$'\n",
			"a: \"^\\\\d+$\"\n", "a: \"one\n  two\"\n", "\"a\": {\"b\": \"\"}\n", "a: \"-n\"\n" })
	void whatCanBeSavedIsSaved(String rest) throws Exception {
		JsonNode answer = JSON.readTree(post(request(POD + rest)).body());
		assertThat(codes(answer)).isSubsetOf("LEGACY_REQUEST");
		assertThat(answer.get("changes_made").asBoolean()).isTrue();
		survives(rest, answer);
		String removed = ADDED.matcher(answer.get("modified_manifest_content").asString()).replaceAll("");
		assertThat(meaning(removed)).isEqualTo(meaning(POD + rest));
	}

	@ParameterizedTest
	@ValueSource(strings = { "LEGACY_QUOTES|a: |\n  say \"hi\"\n", "LEGACY_QUOTES|# say \"hi\"\n",
			"LEGACY_QUOTES|a: 'say \"hi\"'\n", "LEGACY_BACKSLASH|a: 'C:\\temp'\n", "LEGACY_BACKSLASH|a: 'C:\\\\x'\n",
			"LEGACY_BACKSLASH|a: |\n  one \\\n  two\n", "LEGACY_BACKSLASH|# \\x41\n", "LEGACY_EXPANSION|a: $HOME\n",
			"LEGACY_EXPANSION|a: ${x}\n", "LEGACY_EXPANSION|# `true`\n", "LEGACY_EXPANSION|a: $(true)\n",
			"LEGACY_ENDING|a: |+\n  x\n\n\n", "LEGACY_ENDING|a: |\n  x" })
	void whatCannotBeSavedIsSaid(String example) throws Exception {
		String[] parts = example.split("\\|", 2);
		JsonNode answer = JSON.readTree(post(request(POD + parts[1])).body());
		assertThat(codes(answer)).contains(parts[0]);
		for (JsonNode finding : answer.get("findings")) {
			if (finding.get("code").asString().equals(parts[0])) {
				assertThat(finding.get("line").asInt()).isGreaterThan(5);
			}
		}
		survives(example, answer);
	}

	@Test
	void backslashThatJsonGivesNoMeaningToIsKept() throws Exception {
		String body = "{  \"manifest_content\": \"re: '^\\d+\\.$'\\n\",  \"deployment_name\": \"c\",  \"client_repo\": \"o/r\"}";
		JsonNode answer = JSON.readTree(post(body).body());
		assertThat(answer.get("modified_manifest_content").asString()).isEqualTo("re: '^\\d+\\.$'\n");
		assertThat(codes(answer)).isEmpty();
	}

	@Test
	void backslashThatJsonHasTakenAwayIsSaid() throws Exception {
		String body = "{  \"manifest_content\": \"path: 'C:\\temp'\\n\",  \"deployment_name\": \"c\",  \"client_repo\": \"o/r\"}";
		assertThat(codes(JSON.readTree(post(body).body()))).containsExactly("LEGACY_REQUEST");
	}

	@Test
	void otherClientsHearNothingOfShells() throws Exception {
		String body = JSON
			.writeValueAsString(Map.of("manifest_content", "# say \"hi\" for $HOME\n", "deployment_name", "c"));
		assertThat(codes(JSON.readTree(post(body).body()))).isEmpty();
	}

	private void survives(String name, JsonNode answer) throws Exception {
		String text = answer.get("modified_manifest_content").asString();
		String written = written(text);
		if (codes(answer).isEmpty() || codes(answer).equals(List.of("LEGACY_REQUEST"))) {
			assertThat(written).as(name).isEqualTo(text.replaceAll("\n+$", "") + "\n");
			assertThat(meaning(written)).as(name).isEqualTo(meaning(text));
		}
		else {
			assertThat(written).as(name).isNotEqualTo(text);
		}
	}

	/** The third step of the Action: the answer is pasted into a script. */
	private String written(String text) throws Exception {
		Path work = Files.createTempDirectory(this.folder, "step");
		Path script = Files.writeString(work.resolve("step.sh"),
				"echo -e \"" + text.replaceAll("\n+$", "") + "\" > deployment.yaml\n");
		ProcessBuilder builder = new ProcessBuilder("bash", "--norc", script.toString()).directory(work.toFile())
			.redirectErrorStream(true)
			.redirectOutput(work.resolve("log").toFile());
		builder.environment().clear();
		builder.environment().put("PATH", work.toString());
		Process bash = builder.start();
		assertThat(bash.waitFor(20, TimeUnit.SECONDS)).isTrue();
		Path file = work.resolve("deployment.yaml");
		return Files.exists(file) ? Files.readString(file) : "";
	}

	private HttpResponse<String> post(String body) throws Exception {
		return this.http
			.send(HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/workflow/instrument"))
				.header("User-Agent", "curl/7.88.1")
				.header("Accept", "*/*")
				.header("Content-Type", "application/json")
				.POST(BodyPublishers.ofString(body))
				.build(), BodyHandlers.ofString());
	}

	/** As a careful client of the Action's layout would send it. */
	private static String request(String manifest) {
		String text = manifest.replace("\\", "\\\\").replace("\n", "\\n").replace("\"", "\\\"");
		return "{  \"manifest_content\": \"" + text
				+ "\",  \"deployment_name\": \"my-production-app\",  \"client_repo\": \"octo/repo\"}";
	}

	private static List<String> codes(JsonNode answer) {
		List<String> codes = new ArrayList<>();
		answer.get("findings").forEach((finding) -> codes.add(finding.get("code").asString()));
		return codes.stream().filter((code) -> code.startsWith("LEGACY_")).distinct().toList();
	}

	private static List<Object> meaning(String yaml) {
		List<Object> documents = new ArrayList<>();
		new Load(LoadSettings.builder().build()).loadAllFromString(yaml).forEach(documents::add);
		return documents;
	}

}
