package dev.whence.control.image.api;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.whence.control.ControlApi;
import dev.whence.control.ControlTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;

import static dev.whence.control.ControlApi.BOOTSTRAP_KEY;
import static org.assertj.core.api.Assertions.assertThat;

@ControlTest
class ConfigApiIT {

	private static final String YAML = """
			name: demo
			description: a demo
			base-image: quay.io/example/base:1
			modules:
			  - type: script
			    scripts: [echo one]
			""";

	private static final JsonMapper JSON = new JsonMapper();

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcClient jdbc;

	private RestTestClient client;

	private ControlApi api;

	@BeforeEach
	void connect() {
		this.api = new ControlApi(this.port);
		// A project of its own for every test.
		int project = this.api.createProject("p-" + System.nanoTime());
		this.client = this.api.as((String) this.api.createKey(project, "admin").get("key"));
	}

	@Test
	void storedDefinitionIsReadBackListedAndDeleted() {
		Reply created = post("/api/config/", body("one"));
		assertThat(created.status()).isEqualTo(201);
		assertThat(created.json().get("name").asString()).isEqualTo("one");
		assertThat(created.json().get("image_type").asString()).isEqualTo("fedora-sway-atomic");
		assertThat(created.json().get("fedora_version").asString()).isEqualTo("43");
		assertThat(created.json().get("enable_plymouth").asBoolean()).isTrue();
		assertThat(created.json().get("yaml_content").asString()).isEqualTo(YAML);
		assertThat(created.json().get("description").isNull()).isTrue();
		long id = created.json().get("id").asLong();
		Reply found = get("/api/config/" + id);
		assertThat(found.json()).isEqualTo(created.json());
		assertThat(delete("/api/config/" + id).status()).isEqualTo(204);
		Reply gone = get("/api/config/" + id);
		assertThat(gone.status()).isEqualTo(404);
		assertThat(gone.json().get("error").asString()).isEqualTo("Configuration %d not found".formatted(id));
		assertThat(gone.json().get("detail").asString()).isEqualTo("Configuration %d not found".formatted(id));
		assertThat(gone.json().get("status").asInt()).isEqualTo(404);
	}

	@Test
	void theLatestWrittenComesFirstAndPagesAreCounted() {
		for (String name : List.of("a", "b", "c")) {
			post("/api/config", body(name));
		}
		post("/api/config/upsert", body("a"));
		Reply page = get("/api/config/?page=1&page_size=2");
		assertThat(page.json().get("total").asInt()).isEqualTo(3);
		assertThat(page.json().get("page").asInt()).isEqualTo(1);
		assertThat(page.json().get("page_size").asInt()).isEqualTo(2);
		assertThat(page.json().at("/configs/0/name").asString()).isEqualTo("a");
		assertThat(page.json().at("/configs/1/name").asString()).isEqualTo("c");
		assertThat(get("/api/config?page=2&page_size=2").json().at("/configs/0/name").asString()).isEqualTo("b");
		assertThat(get("/api/config/?q=B").json().get("total").asInt()).isEqualTo(1);
		assertThat(get("/api/config/?page=99").json().get("configs").size()).isZero();
	}

	@Test
	void nameIsUniqueWithinAProjectAndCaseCounts() {
		assertThat(post("/api/config/", body("twin")).status()).isEqualTo(201);
		assertThat(post("/api/config/", body("Twin")).status()).isEqualTo(201);
		Reply taken = post("/api/config/", body("twin"));
		assertThat(taken.status()).isEqualTo(409);
		assertThat(taken.json().get("error").asString()).isEqualTo("Configuration 'twin' already exists");
		int other = this.api.createProject("other-" + System.nanoTime());
		RestTestClient neighbour = this.api.as((String) this.api.createKey(other, "admin").get("key"));
		assertThat(send(neighbour.post().uri("/api/config/"), body("twin")).status()).isEqualTo(201);
	}

	@Test
	void renamingToATakenNameIsAConflictAndNoFailure() {
		post("/api/config/", body("first"));
		long id = post("/api/config/", body("second")).json().get("id").asLong();
		Reply renamed = put("/api/config/" + id, body("first"), null);
		assertThat(renamed.status()).isEqualTo(409);
		assertThat(renamed.json().get("detail").asString()).isEqualTo("Configuration 'first' already exists");
		assertThat(put("/api/config/" + id, body("third"), null).json().get("name").asString()).isEqualTo("third");
	}

	@Test
	void upsertKeepsTheIdAndTheDateOfCreation() {
		JsonNode first = post("/api/config/upsert", body("same")).json();
		Map<String, Object> changed = body("same");
		changed.put("description", "changed");
		Reply second = post("/api/config/upsert", changed);
		assertThat(second.status()).isEqualTo(200);
		assertThat(second.json().get("id")).isEqualTo(first.get("id"));
		assertThat(second.json().get("created_at")).isEqualTo(first.get("created_at"));
		assertThat(second.json().get("description").asString()).isEqualTo("changed");
		assertThat(second.json().get("version").asInt()).isEqualTo(2);
	}

	@Test
	void anotherProjectsDefinitionIsNotFound() {
		long id = post("/api/config/", body("mine")).json().get("id").asLong();
		int other = this.api.createProject("other-" + System.nanoTime());
		RestTestClient stranger = this.api.as((String) this.api.createKey(other, "admin").get("key"));
		for (String path : List.of("", "/versions", "/versions/1", "/diff")) {
			assertThat(send(stranger.get().uri("/api/config/" + id + path)).status()).isEqualTo(404);
		}
		assertThat(send(stranger.put().uri("/api/config/" + id), body("mine")).status()).isEqualTo(404);
		assertThat(send(stranger.post().uri("/api/config/" + id + "/rollback"), Map.of("version", 1)).status())
			.isEqualTo(404);
		assertThat(send(stranger.delete().uri("/api/config/" + id)).status()).isEqualTo(404);
		assertThat(get("/api/config/" + id).status()).isEqualTo(200);
	}

	@Test
	void invalidYamlIsNotStoredAndItsErrorsHavePlaces() {
		Map<String, Object> body = body("broken");
		body.put("yaml_content", "nme: x\nmodules: 5\n");
		Reply refused = post("/api/config/", body);
		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.json().get("detail").asString()).isEqualTo(
				"Invalid YAML configuration: Missing required field: name, Missing required field: description, 'modules' must be a list");
		assertThat(refused.json().at("/errors/0/pointer").asString()).isEqualTo("/yaml_content");
		assertThat(refused.json().at("/errors/0/message").asString())
			.isEqualTo("line 1, column 1: Missing required field: name (did you mean 'name'?)");
		assertThat(get("/api/config/").json().get("total").asInt()).isZero();
	}

	@Test
	void everyWriteIsAVersionAndAnOlderOneCanBeBroughtBack() {
		long id = post("/api/config/", body("kept")).json().get("id").asLong();
		Map<String, Object> second = body("renamed");
		second.put("yaml_content", YAML.replace("one", "two"));
		assertThat(put("/api/config/" + id, second, null).tag()).isEqualTo("\"2\"");
		Reply versions = get("/api/config/" + id + "/versions");
		assertThat(versions.json().get("total").asInt()).isEqualTo(2);
		assertThat(versions.json().at("/versions/0/version").asInt()).isEqualTo(2);
		assertThat(versions.json().at("/versions/1/name").asString()).isEqualTo("kept");
		assertThat(get("/api/config/" + id + "/diff").json().get("diff").asString()).isEqualTo("""
				--- version 1
				+++ version 2
				@@ -3,4 +3,4 @@
				 base-image: quay.io/example/base:1
				 modules:
				   - type: script
				-    scripts: [echo one]
				+    scripts: [echo two]
				""");
		Reply restored = post("/api/config/" + id + "/rollback", Map.of("version", 1));
		assertThat(restored.json().get("yaml_content").asString()).isEqualTo(YAML);
		assertThat(restored.json().get("name").asString()).isEqualTo("renamed");
		assertThat(restored.json().get("version").asInt()).isEqualTo(3);
		assertThat(get("/api/config/" + id + "/versions/3").json().get("restores").asInt()).isEqualTo(1);
		assertThat(get("/api/config/" + id + "/versions/2").json().get("restores").isNull()).isTrue();
		assertThat(get("/api/config/" + id + "/versions/4").status()).isEqualTo(404);
		assertThat(get("/api/config/" + id + "/diff?from=1&to=3").json().get("diff").asString()).isEmpty();
	}

	@Test
	void whoHasNotSeenTheLatestVersionDoesNotOverwriteIt() {
		Reply created = post("/api/config/", body("shared"));
		long id = created.json().get("id").asLong();
		assertThat(created.tag()).isEqualTo("\"1\"");
		assertThat(put("/api/config/" + id, body("shared"), "\"1\"").status()).isEqualTo(200);
		assertThat(put("/api/config/" + id, body("shared"), "\"1\"").status()).isEqualTo(412);
		assertThat(put("/api/config/" + id, body("shared"), "\"x\"").status()).isEqualTo(412);
		assertThat(put("/api/config/" + id, body("shared"), "*").status()).isEqualTo(200);
		Map<String, Object> seen = body("shared");
		seen.put("version", 1);
		assertThat(put("/api/config/" + id, seen, null).status()).isEqualTo(409);
		seen.put("version", 3);
		assertThat(put("/api/config/" + id, seen, null).status()).isEqualTo(200);
		assertThat(send(this.client.delete().uri("/api/config/" + id).header("If-Match", "\"1\"")).status())
			.isEqualTo(412);
		assertThat(send(this.client.delete().uri("/api/config/" + id).header("If-Match", "\"4\"")).status())
			.isEqualTo(204);
	}

	@Test
	void ofManyWhoCreateTheSameNameOneWins() throws Exception {
		assertThat(atOnce(8, () -> post("/api/config/", body("contended")).status())).containsOnlyOnce(201)
			.allMatch((status) -> status == 201 || status == 409);
		assertThat(get("/api/config/").json().get("total").asInt()).isEqualTo(1);
	}

	@Test
	void ofManyWhoReplaceTheSameVersionOneWins() throws Exception {
		long id = post("/api/config/", body("contended")).json().get("id").asLong();
		List<Integer> statuses = atOnce(8, () -> put("/api/config/" + id, body("contended"), "\"1\"").status());
		assertThat(statuses).containsOnlyOnce(200)
			.allMatch((status) -> status == 200 || status == 409 || status == 412);
		assertThat(get("/api/config/" + id).json().get("version").asInt()).isEqualTo(2);
		assertThat(get("/api/config/" + id + "/versions").json().get("versions").size()).isEqualTo(2);
	}

	@Test
	void versionsHaveNoGapsHoweverManyWriteAtOnce() throws Exception {
		post("/api/config/upsert", body("busy"));
		List<Integer> statuses = atOnce(8, () -> post("/api/config/upsert", body("busy")).status());
		assertThat(statuses).contains(200).allMatch((status) -> status == 200 || status == 409);
		JsonNode definition = get("/api/config/").json().at("/configs/0");
		long written = 1 + statuses.stream().filter((status) -> status == 200).count();
		assertThat(definition.get("version").asLong()).isEqualTo(written);
		assertThat(get("/api/config/" + definition.get("id") + "/versions").json().get("versions").size())
			.isEqualTo((int) written);
	}

	@Test
	void repeatedRequestWithItsKeyIsAnsweredAsTheFirst() {
		Reply first = keyed("/api/config/", "k1", body("once"));
		Reply again = keyed("/api/config/", "k1", body("once"));
		assertThat(first.status()).isEqualTo(201);
		assertThat(first.replayed()).isFalse();
		assertThat(again.status()).isEqualTo(201);
		assertThat(again.json()).isEqualTo(first.json());
		assertThat(again.replayed()).isTrue();
		Reply other = keyed("/api/config/", "k1", body("another"));
		assertThat(other.status()).isEqualTo(422);
		assertThat(other.json().at("/errors/0/pointer").asString()).isEqualTo("/Idempotency-Key");
		assertThat(keyed("/api/config/upsert", "k1", body("once")).status()).isEqualTo(422);
		assertThat(keyed("/api/config/", "k2", body("once")).status()).isEqualTo(409);
		assertThat(keyed("/api/config/", "a b", body("x")).status()).isEqualTo(422);
		assertThat(get("/api/config/").json().get("total").asInt()).isEqualTo(1);
	}

	@Test
	void failedRequestMayBeTriedAgainWithItsKey() {
		Map<String, Object> wrong = body("later");
		wrong.put("yaml_content", "a: [");
		assertThat(keyed("/api/config/", "k", wrong).status()).isEqualTo(400);
		assertThat(keyed("/api/config/", "k", body("later")).status()).isEqualTo(201);
	}

	@Test
	void aKeyThatManySendAtOnceIsCarriedOutOnce() throws Exception {
		List<Integer> statuses = atOnce(8, () -> keyed("/api/config/upsert", "storm", body("storm")).status());
		assertThat(statuses).containsOnly(200);
		assertThat(get("/api/config/").json().at("/configs/0/version").asInt()).isEqualTo(1);
	}

	@Test
	void whoWroteWhatIsAudited() {
		long id = post("/api/config/", body("audited")).json().get("id").asLong();
		post("/api/config/upsert", body("audited"));
		post("/api/config/" + id + "/rollback", Map.of("version", 1));
		delete("/api/config/" + id);
		assertThat(this.jdbc.sql("""
				select action from control.audit_entry where object_kind = 'image_definition' and object_id = :id
				 order by id""").param("id", String.valueOf(id)).query(String.class).list()).containsExactly(
				"image_definition.created", "image_definition.replaced", "image_definition.restored",
				"image_definition.deleted");
	}

	@Test
	void aBuildFindsAStoredDefinitionAndTellsOfAMissingOne() {
		assertThat(post("/api/build/trigger", Map.of("config_id", 999_999)).status()).isEqualTo(404);
		assertThat(post("/api/build/trigger", Map.of("yaml_content", "a: [")).json().get("detail").asString())
			.startsWith("Invalid YAML: YAML syntax error: while parsing a flow node");
		long id = post("/api/config/", body("built")).json().get("id").asLong();
		// Found and valid; there is no token for GitHub here.
		assertThat(post("/api/build/trigger", Map.of("config_id", id)).status()).isEqualTo(503);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"yaml_content": "a: b"}                                            | /name
			{"name": "x"}                                                       | /yaml_content
			{"name": "", "yaml_content": "a"}                                   | /name
			{"name": "bad name!", "yaml_content": "a"}                          | /name
			{"name": "---", "yaml_content": "a"}                                | /name
			{"name": "a\\u0000b", "yaml_content": "a"}                          | /name
			{"name": "\\ud800", "yaml_content": "a"}                            | /name
			{"name": 5, "yaml_content": "a"}                                    | /name
			{"name": "x", "yaml_content": 5}                                    | /yaml_content
			{"name": "x", "yaml_content": ["a"]}                                | /yaml_content
			{"name": "x", "yaml_content": null}                                 | /yaml_content
			{"name": "x", "yaml_content": "a", "description": "\\u0000"}        | /description
			{"name": "x", "yaml_content": "a", "description": "\\ud800"}        | /description
			{"name": "x", "yaml_content": "a", "fedora_version": "43 AS x\\nRUN id"} | /fedora_version
			{"name": "x", "yaml_content": "a", "fedora_version": 1e400}         | /fedora_version
			{"name": "x", "yaml_content": "a", "image_type": "fedora-botc"}     | /image_type
			{"name": "x", "yaml_content": "a", "enable_plymouth": "perhaps"}    | /enable_plymouth
			{"name": "x", "yaml_content": "a", "artifact_kinds": ["qcow"]}      | /artifact_kinds/0
			{"name": "x", "yaml_content": "a", "artifact_kinds": [null]}        | /artifact_kinds/0
			""")
	void wrongFieldIsNamed(String body, String pointer) {
		Reply refused = raw("/api/config/", body);
		assertThat(refused.status()).isEqualTo(422);
		assertThat(refused.json().at("/errors/0/pointer").asString()).isEqualTo(pointer);
		assertThat(refused.json().get("detail").isArray()).isTrue();
		assertThat(refused.json().at("/detail/0/loc/0").asString()).isEqualTo("body");
		assertThat(refused.json().at("/detail/0/loc/1").asString()).isEqualTo(pointer.split("/")[1]);
	}

	@Test
	void lengthsAreLimited() {
		Map<String, Object> body = body("x".repeat(101));
		assertThat(post("/api/config/", body).json().at("/errors/0/pointer").asString()).isEqualTo("/name");
		assertThat(post("/api/config/", body("x".repeat(100))).status()).isEqualTo(201);
		body = body("long");
		body.put("description", "d".repeat(501));
		assertThat(post("/api/config/", body).json().at("/errors/0/pointer").asString()).isEqualTo("/description");
		body = body("long");
		body.put("yaml_content", YAML + "#".repeat(1_000_000));
		Reply tooLong = post("/api/config/", body);
		assertThat(tooLong.status()).isEqualTo(422);
		assertThat(tooLong.json().at("/errors/0/pointer").asString()).isEqualTo("/yaml_content");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "[]", "null", "\"x\"", "{\"name\": ", "\u0000",
			"{\"name\": \"x\", \"yaml_content\": \"a\", \"version\": 1e400}" })
	void bodyThatIsNoneIsRefused(String body) {
		Reply refused = raw("/api/config/", body);
		assertThat(refused.status()).isEqualTo(422);
		assertThat(refused.json().has("error")).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "page=0", "page=-1", "page_size=0", "page_size=101", "page=x", "page=1e400",
			"page=99999999999", "q=%00" })
	void pageThatIsNoneIsRefused(String query) {
		assertThat(get("/api/config/?" + query).status()).isEqualTo(422);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-1", "999999999" })
	void idThatIsNoneIsNotFound(String id) {
		assertThat(get("/api/config/" + id).status()).isEqualTo(404);
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "1e400", "99999999999999999999" })
	void idThatIsNoNumberIsRefused(String id) {
		assertThat(get("/api/config/" + id).status()).isEqualTo(422);
	}

	@Test
	void artefactKindsAreThoseOfImageBuilder() {
		Map<String, Object> body = body("disk");
		body.put("artifact_kinds", List.of("qcow2", "iso", "qcow2"));
		JsonNode kinds = post("/api/config/", body).json().get("artifact_kinds");
		assertThat(kinds).hasSize(2);
		assertThat(kinds.get(0).asString()).isEqualTo("qcow2");
	}

	private static Map<String, Object> body(String name) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("name", name);
		body.put("yaml_content", YAML);
		return body;
	}

	private static <T> List<T> atOnce(int callers, Callable<T> call) throws Exception {
		CyclicBarrier start = new CyclicBarrier(callers);
		try (ExecutorService executor = Executors.newFixedThreadPool(callers)) {
			List<Future<T>> calls = new ArrayList<>();
			for (int i = 0; i < callers; i++) {
				calls.add(executor.submit(() -> {
					start.await();
					return call.call();
				}));
			}
			List<T> results = new ArrayList<>();
			for (Future<T> result : calls) {
				results.add(result.get());
			}
			return results;
		}
	}

	private Reply post(String path, Object body) {
		return send(this.client.post().uri(path), body);
	}

	private Reply keyed(String path, String key, Object body) {
		return send(this.client.post().uri(path).header("Idempotency-Key", key), body);
	}

	private Reply put(String path, Object body, String ifMatch) {
		RestTestClient.RequestBodySpec request = this.client.put().uri(path);
		return send((ifMatch != null) ? request.header("If-Match", ifMatch) : request, body);
	}

	private Reply get(String path) {
		return send(this.client.get().uri(URI.create("http://localhost:" + this.port + path)));
	}

	private Reply delete(String path) {
		return send(this.client.delete().uri(path));
	}

	private Reply raw(String path, String body) {
		return Reply.of(this.client.post()
			.uri(path)
			.contentType(MediaType.APPLICATION_JSON)
			.body(body.getBytes(StandardCharsets.UTF_8))
			.exchange());
	}

	private static Reply send(RestTestClient.RequestBodySpec request, Object body) {
		return Reply.of(request.contentType(MediaType.APPLICATION_JSON).body(JSON.writeValueAsBytes(body)).exchange());
	}

	private static Reply send(RestTestClient.RequestHeadersSpec<?> request) {
		return Reply.of(request.exchange());
	}

}
