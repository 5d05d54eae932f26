package dev.whence.control.token;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.whence.control.ControlApi;
import dev.whence.control.ControlTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.web.servlet.client.RestTestClient;

import static dev.whence.control.ControlApi.BOOTSTRAP_KEY;
import static dev.whence.control.ControlApi.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ControlTest
@DirtiesContext
class SessionIT {

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcClient jdbc;

	private ControlApi api;

	private String email;

	private String account;

	@BeforeEach
	void register() {
		this.api = new ControlApi(this.port);
		if (this.jdbc.sql("select count(*) from control.account").query(Long.class).single() == 0) {
			this.api.anonymous()
				.post()
				.uri("/api/auth/register")
				.body(Map.of("email", "root@example.com", "password", PASSWORD))
				.exchange()
				.expectStatus()
				.isCreated();
		}
		this.email = UUID.randomUUID() + "@example.com";
		this.account = this.api.invite(1, "editor", this.email);
	}

	@Test
	void aTokenIsWhoOneIsAndSaysNothingOfWhatOneMayDo() {
		Map<String, Object> tokens = this.api.signIn(this.email);
		assertThat(tokens).containsEntry("token_type", "bearer").containsEntry("expires_in", 900);
		String claims = new String(
				Base64.getUrlDecoder().decode(((String) tokens.get("access_token")).split("\\.")[1]));
		assertThat(claims).contains(this.account, "\"project\":1").doesNotContain("editor", this.email);
		this.api.as((String) tokens.get("access_token"))
			.get()
			.uri("/api/users/me")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.email")
			.isEqualTo(this.email)
			.jsonPath("$.is_superuser")
			.isEqualTo(false)
			.jsonPath("$.is_active")
			.isEqualTo(true);
	}

	@Test
	void aWrongPasswordAndAnUnknownAccountAreOneAnswer() {
		Map<String, Object> wrong = ControlApi
			.body(this.api.tryToSignIn(this.email, "nope").expectStatus().isBadRequest());
		Map<String, Object> unknown = ControlApi
			.body(this.api.tryToSignIn("nobody@example.com", "nope").expectStatus().isBadRequest());
		assertThat(wrong.get("error")).isEqualTo("LOGIN_BAD_CREDENTIALS").isEqualTo(unknown.get("error"));
		assertThat(wrong.keySet()).isEqualTo(unknown.keySet());
	}

	@Test
	void jsonIsTakenForAFormAndWhatIsMissingIsNamed() {
		this.api.anonymous()
			.post()
			.uri("/api/auth/jwt/login")
			.body(Map.of("username", this.email, "password", PASSWORD))
			.exchange()
			.expectStatus()
			.isOk();
		this.api.anonymous()
			.post()
			.uri("/api/auth/jwt/login")
			.body(Map.of("username", this.email))
			.exchange()
			.expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.detail[0].loc[1]")
			.isEqualTo("password");
	}

	@Test
	void aRoleThatIsTakenAwayIsGoneThoughTheTokenLives() {
		RestTestClient editor = this.api.signedIn(this.email);
		editor.get().uri("/api/users/me/projects").exchange().expectStatus().isOk();
		editor.get().uri("/api/projects").exchange().expectStatus().isForbidden();
		setRole("admin");
		await().untilAsserted(() -> editor.get().uri("/api/projects").exchange().expectStatus().isOk());
		setRole("viewer");
		await().untilAsserted(() -> editor.get().uri("/api/projects").exchange().expectStatus().isForbidden());
		this.api.as(BOOTSTRAP_KEY)
			.delete()
			.uri("/api/projects/1/members/{id}", this.account)
			.exchange()
			.expectStatus()
			.isNoContent();
		await().untilAsserted(() -> editor.get().uri("/api/users/me").exchange().expectStatus().isUnauthorized());
	}

	@Test
	void whoWasAnAdministratorMakesNothingThatOutlivesIt() {
		setRole("admin");
		for (Runnable end : List.<Runnable>of(() -> setRole("viewer"),
				() -> this.api.as(BOOTSTRAP_KEY)
					.delete()
					.uri("/api/projects/1/members/{id}", this.account)
					.exchange()
					.expectStatus()
					.isNoContent())) {
			setRole("admin");
			RestTestClient once = this.api.signedIn(this.email);
			once.get().uri("/api/projects").exchange().expectStatus().isOk();
			end.run();
			for (String path : List.of("/api/projects/1/keys", "/api/projects/1/invitations")) {
				once.post()
					.uri(path)
					.body(Map.of("name", "outlives", "scopes", List.of("admin"), "role", "admin"))
					.exchange()
					.expectStatus()
					.is4xxClientError();
			}
		}
		setRole("admin");
		RestTestClient out = this.api.signedIn(this.email);
		out.post().uri("/api/auth/jwt/logout").exchange().expectStatus().isNoContent();
		out.post()
			.uri("/api/projects/1/keys")
			.body(Map.of("name", "outlives", "scopes", List.of("admin")))
			.exchange()
			.expectStatus()
			.isUnauthorized();
		setRole("viewer");
		assertThat(this.jdbc.sql("select count(*) from control.api_key where name = 'outlives'")
			.query(Long.class)
			.single()).isZero();
	}

	@Test
	void signingOutEndsTheSessionAndNoOther() {
		Map<String, Object> tokens = this.api.signIn(this.email);
		RestTestClient other = this.api.signedIn(this.email);
		RestTestClient one = this.api.as((String) tokens.get("access_token"));
		one.post().uri("/api/auth/jwt/logout").exchange().expectStatus().isNoContent();
		await().untilAsserted(() -> one.get().uri("/api/users/me").exchange().expectStatus().isUnauthorized());
		this.api.tryToRefresh(tokens.get("refresh_token")).expectStatus().isUnauthorized();
		other.get().uri("/api/users/me").exchange().expectStatus().isOk();
	}

	@Test
	void aNewPasswordEndsAllSessions() {
		Map<String, Object> tokens = this.api.signIn(this.email);
		RestTestClient other = this.api.signedIn(this.email);
		other.patch()
			.uri("/api/users/me")
			.body(Map.of("password", "another passphrase", "is_superuser", true))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.is_superuser")
			.isEqualTo(false);
		await().untilAsserted(() -> other.get().uri("/api/users/me").exchange().expectStatus().isUnauthorized());
		this.api.tryToRefresh(tokens.get("refresh_token")).expectStatus().isUnauthorized();
		this.api.tryToSignIn(this.email, PASSWORD).expectStatus().isBadRequest();
		this.api.tryToSignIn(this.email, "another passphrase").expectStatus().isOk();
	}

	@Test
	void anOldSessionNeedsTheCurrentPasswordForANewOne() {
		RestTestClient client = this.api.signedIn(this.email);
		this.jdbc
			.sql("update control.account_session set created_at = now() - interval '1 hour' "
					+ "where account_id = :id")
			.param("id", UUID.fromString(this.account))
			.update();
		client.patch()
			.uri("/api/users/me")
			.body(Map.of("password", "another passphrase"))
			.exchange()
			.expectStatus()
			.isForbidden();
		client.patch()
			.uri("/api/users/me")
			.body(Map.of("password", "another passphrase", "current_password", PASSWORD))
			.exchange()
			.expectStatus()
			.isOk();
	}

	@Test
	void anAccountThatIsSwitchedOffIsOutAndItsSessionsDoNotComeBack() {
		RestTestClient client = this.api.signedIn(this.email);
		change(Map.of("is_active", false)).expectStatus().isOk();
		await().untilAsserted(() -> client.get().uri("/api/users/me").exchange().expectStatus().isUnauthorized());
		this.api.tryToSignIn(this.email, PASSWORD).expectStatus().isBadRequest();
		change(Map.of("is_active", true)).expectStatus().isOk();
		client.get().uri("/api/users/me").exchange().expectStatus().isUnauthorized();
		this.api.tryToSignIn(this.email, PASSWORD).expectStatus().isOk();
	}

	@Test
	void aRefreshTokenIsGoodOnceAndItsReuseEndsTheSession() {
		Map<String, Object> first = this.api.signIn(this.email);
		Map<String, Object> second = ControlApi
			.body(this.api.tryToRefresh(first.get("refresh_token")).expectStatus().isOk());
		RestTestClient client = this.api.as((String) second.get("access_token"));
		client.get().uri("/api/users/me").exchange().expectStatus().isOk();
		this.api.tryToRefresh(first.get("refresh_token")).expectStatus().isUnauthorized();
		this.api.tryToRefresh(second.get("refresh_token")).expectStatus().isUnauthorized();
		await().untilAsserted(() -> client.get().uri("/api/users/me").exchange().expectStatus().isUnauthorized());
		assertThat(auditOf("session.reused")).isEqualTo(1);
	}

	@Test
	void aRefreshTokenHas256RandomBitsAndIsStoredAsItsHash() {
		String token = (String) this.api.signIn(this.email).get("refresh_token");
		assertThat(Base64.getUrlDecoder().decode(token)).hasSize(32);
		assertThat(this.api.signIn(this.email).get("refresh_token")).isNotEqualTo(token);
		assertThat(this.jdbc.sql("select count(*) from control.refresh_token where token_hash = sha256(:token)")
			.param("token", token.getBytes(StandardCharsets.US_ASCII))
			.query(Long.class)
			.single()).isEqualTo(1);
	}

	@Test
	void aSessionEndsByItsAgeHoweverOftenItIsRefreshed() {
		Map<String, Object> tokens = this.api.signIn(this.email);
		this.jdbc
			.sql("update control.account_session set created_at = now() - interval '91 days' "
					+ "where account_id = :id")
			.param("id", UUID.fromString(this.account))
			.update();
		this.api.tryToRefresh(tokens.get("refresh_token")).expectStatus().isUnauthorized();
	}

	@Test
	void ofTwentyWhoUseOneRefreshTokenOneWinsAndTheSessionEnds() throws Exception {
		Map<String, Object> tokens = this.api.signIn(this.email);
		CountDownLatch start = new CountDownLatch(1);
		List<Map<String, Object>> won = new ArrayList<>();
		try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<Map<String, Object>>> answers = new ArrayList<>();
			for (int n = 0; n < 20; n++) {
				answers.add(clients.submit(() -> {
					start.await();
					var answer = this.api.tryToRefresh(tokens.get("refresh_token"))
						.returnResult(new ParameterizedTypeReference<Map<String, Object>>() {
						});
					return answer.getStatus().is2xxSuccessful() ? answer.getResponseBody() : null;
				}));
			}
			start.countDown();
			for (Future<Map<String, Object>> answer : answers) {
				won.add(answer.get());
			}
		}
		won.removeIf(Objects::isNull);
		assertThat(won).hasSize(1);
		this.api.tryToRefresh(won.getFirst().get("refresh_token")).expectStatus().isUnauthorized();
		assertThat(auditOf("session.reused")).isEqualTo(1);
	}

	@Test
	void aSessionGoesOnInAnotherProjectOfTheAccountAndInNoOther() {
		int mine = this.api.createProject("mine " + this.account);
		int theirs = this.api.createProject("theirs " + this.account);
		this.api.as(BOOTSTRAP_KEY)
			.put()
			.uri("/api/projects/{p}/members/{id}", mine, this.account)
			.body(Map.of("role", "admin"))
			.exchange()
			.expectStatus()
			.isNoContent();
		Object refresh = this.api.signIn(this.email).get("refresh_token");
		switchTo(refresh, theirs).expectStatus().isNotFound();
		Map<String, Object> switched = ControlApi.body(switchTo(refresh, mine).expectStatus().isOk());
		assertThat(switched.get("project")).isEqualTo(mine);
		RestTestClient client = this.api.as((String) switched.get("access_token"));
		client.get().uri("/api/projects/{id}/members", mine).exchange().expectStatus().isOk();
		client.get().uri("/api/projects/{id}/members", theirs).exchange().expectStatus().isNotFound();
		client.get().uri("/api/projects/1/members").exchange().expectStatus().isNotFound();
		client.get().uri("/api/users/").exchange().expectStatus().isForbidden();
	}

	@Test
	void theLastAdministratorCannotLeave() {
		String root = this.jdbc.sql("select account_id from control.member where role = 'admin' and project_id = 1")
			.query(UUID.class)
			.list()
			.getFirst()
			.toString();
		this.api.as(BOOTSTRAP_KEY).delete().uri("/api/users/{id}", root).exchange().expectStatus().isEqualTo(409);
		this.api.as(BOOTSTRAP_KEY)
			.patch()
			.uri("/api/users/{id}", root)
			.body(Map.of("is_superuser", false))
			.exchange()
			.expectStatus()
			.isEqualTo(409);
		this.api.as(BOOTSTRAP_KEY)
			.patch()
			.uri("/api/users/{id}", root)
			.body(Map.of("is_active", false))
			.exchange()
			.expectStatus()
			.isEqualTo(409);
	}

	@Test
	void administratorsOfTheInstallationSeeAndDeleteAccounts() {
		RestTestClient root = this.api.signedIn("root@example.com");
		root.get()
			.uri("/api/users/?page=1&page_size=100")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.users[0].email")
			.isEqualTo("root@example.com")
			.jsonPath("$.users[0].is_superuser")
			.isEqualTo(true);
		root.delete().uri("/api/users/{id}", this.account).exchange().expectStatus().isNoContent();
		root.get().uri("/api/users/{id}", this.account).exchange().expectStatus().isNotFound();
		this.api.tryToSignIn(this.email, PASSWORD).expectStatus().isBadRequest();
		this.api.signedIn(invited("viewer")).get().uri("/api/users/").exchange().expectStatus().isForbidden();
	}

	private String invited(String role) {
		String address = UUID.randomUUID() + "@example.com";
		this.api.invite(1, role, address);
		return address;
	}

	private RestTestClient.ResponseSpec switchTo(Object refresh, int project) {
		return this.api.anonymous()
			.post()
			.uri("/api/auth/jwt/refresh")
			.body(Map.of("refresh_token", refresh, "project", project))
			.exchange();
	}

	private void setRole(String role) {
		this.api.as(BOOTSTRAP_KEY)
			.put()
			.uri("/api/projects/1/members/{id}", this.account)
			.body(Map.of("role", role))
			.exchange()
			.expectStatus()
			.isNoContent();
	}

	private RestTestClient.ResponseSpec change(Map<String, ?> body) {
		return this.api.as(BOOTSTRAP_KEY).patch().uri("/api/users/{id}", this.account).body(body).exchange();
	}

	private long auditOf(String action) {
		return this.jdbc.sql("select count(*) from control.audit_entry where action = :action and actor_name = :email")
			.param("action", action)
			.param("email", this.email)
			.query(Long.class)
			.single();
	}

}
