package dev.whence.control.apikey;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.whence.control.ControlApi;
import dev.whence.control.ControlTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;

import static dev.whence.control.ControlApi.BOOTSTRAP_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ControlTest
class ApiKeyApiIT {

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcClient jdbc;

	private ControlApi api;

	@BeforeEach
	void connect() {
		this.api = new ControlApi(this.port);
	}

	@Test
	void secretIsShownOnceAndStoredAsItsHash() {
		this.api.as(BOOTSTRAP_KEY)
			.post()
			.uri("/api/projects/1/keys")
			.body(Map.of("name", "sender", "scopes", List.of("INGEST", "read")))
			.exchange()
			.expectStatus()
			.isCreated()
			.expectHeader()
			.valueEquals("Cache-Control", "no-store")
			.expectBody()
			.jsonPath("$.key")
			.value((key) -> assertThat((String) key).matches("wh_[0-9A-Za-z]{8}_[0-9A-Za-z_-]{43}"))
			.jsonPath("$.scopes[0]")
			.isEqualTo("ingest")
			.jsonPath("$.scopes[1]")
			.isEqualTo("read")
			.jsonPath("$.revoked_at")
			.isEqualTo(null);
		this.api.as(BOOTSTRAP_KEY)
			.get()
			.uri("/api/projects/1/keys")
			.exchange()
			.expectBody()
			.jsonPath("$[0].name")
			.isEqualTo("sender")
			.jsonPath("$[0].key")
			.doesNotExist();
	}

	@Test
	void issuedKeyOpensWhatItsScopesSayAndItsUseIsNoted() {
		int project = this.api.createProject("users");
		Map<?, ?> admin = this.api.createKey(project, "admin");
		Map<?, ?> reader = this.api.createKey(project, "read");
		this.api.as((String) admin.get("key")).get().uri("/api/projects").exchange().expectStatus().isOk();
		this.api.as((String) reader.get("key"))
			.get()
			.uri("/api/projects")
			.exchange()
			.expectStatus()
			.isForbidden()
			.expectBody()
			.jsonPath("$.code")
			.isEqualTo("forbidden");
		this.api.anonymous().get().uri("/api/projects").exchange().expectStatus().isUnauthorized();
		await().untilAsserted(() -> assertThat(lastUse(admin)).isNotNull());
	}

	@Test
	void revokedKeyStopsWorking() {
		Map<?, ?> key = this.api.createKey(1, "admin");
		String secret = (String) key.get("key");
		this.api.as(secret).get().uri("/api/projects").exchange().expectStatus().isOk();
		this.api.as(BOOTSTRAP_KEY)
			.delete()
			.uri("/api/keys/{id}", key.get("id"))
			.exchange()
			.expectStatus()
			.isNoContent();
		this.api.as(BOOTSTRAP_KEY)
			.delete()
			.uri("/api/keys/{id}", key.get("id"))
			.exchange()
			.expectStatus()
			.isNoContent();
		await().untilAsserted(
				() -> this.api.as(secret).get().uri("/api/projects").exchange().expectStatus().isUnauthorized());
	}

	@Test
	void expiredKeyStopsWorking() {
		Map<?, ?> key = this.api.createKey(1, "admin");
		String secret = (String) key.get("key");
		this.api.as(secret).get().uri("/api/projects").exchange().expectStatus().isOk();
		this.jdbc.sql("update control.api_key set expires_at = now() where id = :id")
			.param("id", key.get("id"))
			.update();
		await().untilAsserted(
				() -> this.api.as(secret).get().uri("/api/projects").exchange().expectStatus().isUnauthorized());
	}

	@Test
	void expiryIsKept() {
		Instant expiry = Instant.parse("2099-01-01T00:00:00Z");
		this.api.as(BOOTSTRAP_KEY)
			.post()
			.uri("/api/projects/1/keys")
			.body(Map.of("name", "short", "scopes", List.of("read"), "expires_at", expiry.toString()))
			.exchange()
			.expectStatus()
			.isCreated()
			.expectBody()
			.jsonPath("$.expires_at")
			.isEqualTo(expiry.toString());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"name": "x", "scopes": ["delete"]}                                         | /scopes/0
			{"name": "x", "scopes": []}                                                 | /scopes
			{"name": "x", "scopes": ["read", null]}                                     | /scopes/1
			{"name": "x", "scopes": "read"}                                             | /scopes
			{"name": "x", "scopes": ["read"], "expires_at": "tomorrow"}                 | /expires_at
			{"scopes": ["read"]}                                                        | /name
			{"name": "x", "scopes": ["read"], "expires_at": "2001-01-01T00:00:00Z"}     | /expires_at
			""")
	void wrongFieldIsNamed(String body, String pointer) {
		this.api.as(BOOTSTRAP_KEY)
			.post()
			.uri("/api/projects/1/keys")
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.exchange()
			.expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.errors[0].pointer")
			.isEqualTo(pointer);
	}

	@Test
	void keysOfOtherProjectsAreNotFound() {
		int own = this.api.createProject("tenant a");
		int other = this.api.createProject("tenant b");
		String key = (String) this.api.createKey(own, "admin").get("key");
		Map<?, ?> foreign = this.api.createKey(other, "read");
		this.api.as(key).delete().uri("/api/keys/{id}", foreign.get("id")).exchange().expectStatus().isNotFound();
		this.api.as(key).get().uri("/api/projects/{id}/keys", other).exchange().expectStatus().isNotFound();
		this.api.as(key)
			.post()
			.uri("/api/projects/{id}/keys", other)
			.body(Map.of("name", "mine", "scopes", List.of("admin")))
			.exchange()
			.expectStatus()
			.isNotFound();
		this.api.as(key).delete().uri("/api/keys/-1").exchange().expectStatus().isNotFound();
		assertThat(this.jdbc.sql("select revoked_at from control.api_key where id = :id")
			.param("id", foreign.get("id"))
			.query(Instant.class)
			.optional()).isEmpty();
	}

	@Test
	void aKeyIsRotatedByASecondOneOfItsNameAndThereIsNoThird() {
		int project = this.api.createProject("rotating");
		Map<String, Object> first = ControlApi.body(this.api.as(BOOTSTRAP_KEY)
			.post()
			.uri("/api/projects/{id}/keys", project)
			.body(Map.of("name", "sender", "scopes", List.of("admin"), "requests_per_minute", 600))
			.exchange());
		Map<String, Object> second = ControlApi.body(rotate(first).expectStatus().isCreated());
		assertThat(second).containsEntry("name", "sender")
			.containsEntry("requests_per_minute", 600)
			.containsEntry("scopes", List.of("admin"));
		for (Map<String, Object> key : List.of(first, second)) {
			this.api.as((String) key.get("key")).get().uri("/api/projects").exchange().expectStatus().isOk();
		}
		rotate(first).expectStatus().isEqualTo(409);
		this.api.as(BOOTSTRAP_KEY).delete().uri("/api/keys/{id}", first.get("id")).exchange();
		rotate(first).expectStatus().isEqualTo(409);
		rotate(second).expectStatus().isCreated();
	}

	@Test
	void ofManyWhoRotateAtOnceOneDoes() throws Exception {
		int project = this.api.createProject("rotating at once");
		Map<String, Object> key = ControlApi.body(this.api.as(BOOTSTRAP_KEY)
			.post()
			.uri("/api/projects/{id}/keys", project)
			.body(Map.of("name", "sender", "scopes", List.of("read")))
			.exchange());
		List<Integer> statuses = new ArrayList<>();
		try (ExecutorService operators = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<Integer>> answers = new ArrayList<>();
			for (int n = 0; n < 8; n++) {
				answers.add(operators.submit(() -> rotate(key).returnResult(byte[].class).getStatus().value()));
			}
			for (Future<Integer> answer : answers) {
				statuses.add(answer.get());
			}
		}
		assertThat(statuses).containsOnlyOnce(201).containsOnly(201, 409);
	}

	@ParameterizedTest
	@CsvSource({ "0", "-1", "1000001" })
	void aQuotaThatIsNoneIsRefused(String quota) {
		Map<?, ?> key = this.api.createKey(1, "read");
		this.api.as(BOOTSTRAP_KEY)
			.patch()
			.uri("/api/keys/{id}", key.get("id"))
			.contentType(MediaType.APPLICATION_JSON)
			.body("{\"requests_per_minute\": " + quota + "}")
			.exchange()
			.expectStatus()
			.isEqualTo(422);
	}

	@Test
	void theGatewayIsToldTheQuota() {
		Map<?, ?> key = this.api.createKey(1, "admin");
		String secret = (String) key.get("key");
		this.api.as(secret)
			.get()
			.uri("/api/projects")
			.exchange()
			.expectHeader()
			.valueEquals("X-Internal-Quota", "none");
		this.api.as(BOOTSTRAP_KEY)
			.patch()
			.uri("/api/keys/{id}", key.get("id"))
			.body(Map.of("requests_per_minute", 77))
			.exchange()
			.expectStatus()
			.isOk();
		await().untilAsserted(() -> this.api.as(secret)
			.get()
			.uri("/api/projects")
			.exchange()
			.expectHeader()
			.valueEquals("X-Internal-Quota", "77"));
	}

	private RestTestClient.ResponseSpec rotate(Map<String, Object> key) {
		return this.api.as(BOOTSTRAP_KEY).post().uri("/api/keys/{id}/rotate", key.get("id")).exchange();
	}

	@Test
	void usesWithinAMinuteAreNotedOnce() {
		Map<?, ?> key = this.api.createKey(1, "admin");
		this.api.as((String) key.get("key")).get().uri("/api/projects").exchange().expectStatus().isOk();
		await().untilAsserted(() -> assertThat(lastUse(key)).isNotNull());
		Instant first = lastUse(key);
		this.jdbc.sql("select control.record_api_key_use(:id)").param("id", key.get("id")).query().singleRow();
		assertThat(lastUse(key)).isEqualTo(first);
		this.jdbc.sql("update control.api_key set last_used_at = last_used_at - interval '2 minutes' where id = :id")
			.param("id", key.get("id"))
			.update();
		this.jdbc.sql("select control.record_api_key_use(:id)").param("id", key.get("id")).query().singleRow();
		assertThat(lastUse(key)).isAfter(first.minus(Duration.ofMinutes(1)));
	}

	private Instant lastUse(Map<?, ?> key) {
		return this.jdbc.sql("select last_used_at from control.api_key where id = :id")
			.param("id", key.get("id"))
			.query((row, _) -> row.getTimestamp(1))
			.list()
			.stream()
			.filter(Objects::nonNull)
			.map(Timestamp::toInstant)
			.findFirst()
			.orElse(null);
	}

}
