package dev.whence.e2e.isolation;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.whence.e2e.platform.GatewayClient;
import dev.whence.e2e.platform.GatewayClient.Reply;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A project that has one of everything, each with a word in it that nobody else may ever
 * read.
 */
final class Owner {

	private static final Duration PATIENCE = Duration.ofSeconds(90);

	/** In every text of the project. */
	private final String secret = "tresor" + UUID.randomUUID().toString().substring(0, 8);

	private final Map<String, String> ids = new HashMap<>();

	private final GatewayClient client;

	private Owner(GatewayClient client) {
		this.client = client;
	}

	/** Makes the project and fills it. */
	static Owner create(GatewayClient administrator) {
		String name = "owner " + UUID.randomUUID();
		int project = made(administrator.post("/api/projects", Map.of("name", name))).path("id").asInt();
		JsonNode key = made(administrator.post("/api/projects/" + project + "/keys",
				Map.of("name", "owner", "scopes", List.of("admin"))));
		Owner owner = new Owner(GatewayClient.withKey(administrator.url(), key.path("key").asString()));
		owner.ids.put("project", String.valueOf(project));
		owner.ids.put("key", key.path("id").asString());
		made(owner.send("PATCH", "/api/projects/" + project, "{\"name\":\"" + owner.secret + "\"}"));
		owner.tell();
		owner.define();
		owner.notify(project);
		owner.meet(project);
		owner.awaitIncident();
		owner.awaitCounts();
		return owner;
	}

	String secret() {
		return this.secret;
	}

	/** A text with the names of things in braces, filled with the ids of one's own. */
	String fill(String text) {
		String filled = text.replace("{secret}", this.secret);
		for (Map.Entry<String, String> id : this.ids.entrySet()) {
			filled = filled.replace("{" + id.getKey() + "}", id.getValue());
		}
		return filled;
	}

	Reply get(String path) {
		return this.client.get(path);
	}

	private void tell() {
		Instant now = Instant.now();
		this.ids.put("trace", UUID.randomUUID().toString().replace("-", ""));
		this.ids.put("run", UUID.randomUUID().toString());
		for (int n = 0; n < 12; n++) {
			Reply log = this.client.post("/ingest/logs",
					Map.of("signal_id", UUID.randomUUID().toString(), "trace_id", this.ids.get("trace"), "service_name",
							this.secret, "timestamp", now.minusSeconds(n).toString(), "level", "ERROR", "message",
							this.secret + " failed: connection refused", "attributes", Map.of("who", this.secret)));
			assertThat(log.status()).as(log.body()).isEqualTo(202);
		}
		accepted(this.client.post("/ingest/traces",
				Map.of("signal_id", UUID.randomUUID().toString(), "trace_id", this.ids.get("trace"), "span_id", "a1",
						"service_name", this.secret, "name", this.secret, "start_time", now.minusSeconds(5).toString(),
						"end_time", now.toString(), "status", "ERROR")));
		// Of a minute that is over, so that it is counted soon.
		accepted(this.client.post("/ingest/metrics", Map.of("signal_id", UUID.randomUUID().toString(), "service_name",
				this.secret, "timestamp", now.minusSeconds(300).toString(), "name", "cpu", "value", 0.5)));
		Map<String, Object> run = Map.of("id", this.ids.get("run"), "name", this.secret, "started_at",
				now.minusSeconds(2).toString(), "ended_at", now.toString(), "status", "error");
		Map<String, Object> step = Map.of("id", UUID.randomUUID().toString(), "run_id", this.ids.get("run"), "name",
				this.secret, "type", "llm", "started_at", now.minusSeconds(2).toString(), "completed_at",
				now.toString(), "outputs", Map.of("text", this.secret));
		accepted(this.client.post("/ingest", Map.of("events", List.of(Map.of("type", "run_start", "data", run),
				Map.of("type", "step_complete", "data", step), Map.of("type", "run_complete", "data", run)))));
		made(this.client.post("/query/changes", Map.of("service", this.secret, "what", this.secret)));
	}

	private void define() {
		this.ids.put("config",
				made(this.client.post("/api/config/",
						Map.of("name", this.secret, "yaml_content",
								"name: %s\ndescription: d\nmodules: []\n".formatted(this.secret))))
					.path("id")
					.asString());
		// Without a GitHub it stays in the queue.
		Reply build = this.client.post("/api/build/trigger", Map.of("yaml_content",
				"name: %s\ndescription: d\nmodules: []\n".formatted(this.secret), "ref", this.secret));
		assertThat(build.status()).as(build.body()).isIn(202, 503);
		this.ids.put("build", this.client.get("/api/build/").json().at("/builds/0/id").asString());
	}

	private void notify(int project) {
		this.ids.put("channel",
				made(this.client.post("/api/notifications/channels",
						Map.of("name", this.secret, "kind", "webhook", "url", "https://example.com/" + this.secret)))
					.path("id")
					.asString());
		this.ids.put("route",
				made(this.client.post("/api/notifications/routes",
						Map.of("channel_id", this.ids.get("channel"), "services", List.of(this.secret))))
					.path("id")
					.asString());
		this.ids.put("maintenance",
				made(this.client.post("/api/notifications/maintenance",
						Map.of("services", List.of(this.secret + "-asleep"), "to",
								Instant.now().plusSeconds(3600).toString(), "reason", this.secret)))
					.path("id")
					.asString());
		this.client.post("/api/notifications/channels/" + this.ids.get("channel") + "/test", Map.of());
		this.ids.put("delivery",
				Awaitility.await("a delivery")
					.atMost(PATIENCE)
					.until(() -> this.client.get("/api/notifications/deliveries").json().findValue("id"),
							(id) -> id != null)
					.asString());
	}

	private void meet(int project) {
		JsonNode invitation = made(this.client.post("/api/projects/" + project + "/invitations",
				Map.of("role", "editor", "email", this.secret + "@example.com")));
		this.ids.put("account",
				made(GatewayClient.withoutCredential(this.client.url())
					.post("/api/auth/register", Map.of("email", this.secret + "@example.com", "password",
							"a fine passphrase", "invitation", invitation.path("token").asString())))
					.path("id")
					.asString());
		this.ids.put("invitation", made(this.client.post("/api/projects/" + project + "/invitations",
				Map.of("role", "viewer", "email", this.secret + "@example.org")))
			.path("id")
			.asString());
	}

	private void awaitIncident() {
		JsonNode incident = Awaitility.await("an incident")
			.atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(250))
			.until(() -> this.client.get("/query/incidents").json().at("/items/0"), (found) -> found.has("id"));
		this.ids.put("incident", incident.path("id").asString());
		Awaitility.await("its analysis")
			.atMost(PATIENCE)
			.until(() -> this.client.get(fill("/query/incidents/{incident}/analysis")).status() == 200);
		this.ids.put("problem",
				Awaitility.await("a problem")
					.atMost(PATIENCE)
					.until(() -> this.client.get("/query/problems").json().findValue("fingerprint"),
							(found) -> found != null)
					.asString());
	}

	private void awaitCounts() {
		Awaitility.await("the metric to be counted").atMost(PATIENCE).untilAsserted(() -> {
			Reply reply = this.client.get(fill("/query/metrics/series?service_name={secret}&name=cpu"));
			assertThat(reply.status()).as(reply.body()).isEqualTo(200);
		});
	}

	private Reply send(String method, String path, String body) {
		return this.client.send(this.client.request(path)
			.header("Content-Type", "application/json")
			.method(method, HttpRequest.BodyPublishers.ofString(body))
			.build());
	}

	private static JsonNode made(Reply reply) {
		assertThat(reply.status()).as(reply.body()).isBetween(200, 201);
		return reply.json();
	}

	private static void accepted(Reply reply) {
		assertThat(reply.status()).as(reply.body()).isBetween(200, 202);
	}

}
