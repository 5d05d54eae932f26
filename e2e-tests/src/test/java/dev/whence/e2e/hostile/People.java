package dev.whence.e2e.hostile;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.whence.e2e.platform.GatewayClient;
import dev.whence.e2e.platform.GatewayClient.Reply;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Who has an account at the site under attack. */
final class People {

	/** Runs the installation. */
	static final String TAKEN = "taken@example.com";

	/** Whose password is guessed. */
	static final String VICTIM = "victim@example.com";

	static final String PASSWORD = "correct horse battery 7";

	/** An editor of project 1: whom the list calls a user. */
	private static final String USER = "user@example.com";

	private static final String STALE = "stale@example.com";

	private static final Duration FRESH = Duration.ofMinutes(5);

	private final GatewayClient admin;

	private final GatewayClient anybody;

	private final String otherTenant;

	private final String keyId;

	private String token = "";

	private Instant tokenSince = Instant.EPOCH;

	People(GatewayClient admin) {
		this.admin = admin;
		this.anybody = GatewayClient.withoutCredential(admin.url());
		register(TAKEN, "admin");
		register(VICTIM, "viewer");
		register(USER, "editor");
		register(STALE, "editor");
		assertThat(victimSignsIn()).isTrue();
		int project = created(admin.post("/api/projects", Map.of("name", "the other tenant"))).path("id").asInt();
		this.otherTenant = created(
				admin.post("/api/projects/" + project + "/keys", Map.of("name", "other", "scopes", List.of("admin"))))
			.path("key")
			.asString();
		this.keyId = this.anybody.get("/.well-known/jwks.json").json().path("keys").path(0).path("kid").asString();
	}

	/** A token of whom the list calls a user. */
	String user() {
		if (Instant.now().isAfter(this.tokenSince.plus(FRESH))) {
			this.token = signIn(USER, PASSWORD);
			this.tokenSince = Instant.now();
		}
		return this.token;
	}

	/** A key with all rights in another project. */
	String otherTenant() {
		return this.otherTenant;
	}

	/** The id of the key that signs tokens. */
	String keyId() {
		return this.keyId;
	}

	/** A token from before its owner chose another password. */
	String stale() {
		String before = signIn(STALE, PASSWORD);
		HttpRequest change = this.anybody.request("/api/users/me")
			.header("Authorization", "Bearer " + signIn(STALE, PASSWORD))
			.header("Content-Type", "application/json")
			.method("PATCH", HttpRequest.BodyPublishers.ofString("{\"password\":\"another battery horse 8\"}"))
			.build();
		assertThat(this.anybody.send(change).status()).isEqualTo(200);
		return before;
	}

	boolean victimSignsIn() {
		return login(VICTIM, PASSWORD).status() == 200;
	}

	/** Whether the user is more than an editor of project 1. */
	boolean userGainedSomething() {
		Reply me = this.anybody
			.send(this.anybody.request("/api/users/me").header("Authorization", "Bearer " + user()).build());
		Reply projects = this.anybody
			.send(this.anybody.request("/api/users/me/projects").header("Authorization", "Bearer " + user()).build());
		return me.json().path("is_superuser").asBoolean() || me.json().path("is_verified").asBoolean()
				|| projects.json().size() != 1 || !projects.json().path(0).path("role").asString().equals("editor");
	}

	private void register(String email, String role) {
		String invitation = created(this.admin.post("/api/projects/1/invitations", Map.of("role", role))).path("token")
			.asString();
		created(this.anybody.post("/api/auth/register",
				Map.of("email", email, "password", PASSWORD, "invitation", invitation)));
	}

	private String signIn(String email, String password) {
		Reply reply = login(email, password);
		assertThat(reply.status()).as(reply.body()).isEqualTo(200);
		return reply.json().path("access_token").asString();
	}

	private Reply login(String email, String password) {
		return this.anybody.post("/api/auth/jwt/login", "application/json",
				JsonMapper.shared().writeValueAsBytes(Map.of("username", email, "password", password)));
	}

	private static JsonNode created(Reply reply) {
		assertThat(reply.status()).as(reply.body()).isEqualTo(201);
		return reply.json();
	}

}
