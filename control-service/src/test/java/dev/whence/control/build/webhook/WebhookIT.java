package dev.whence.control.build.webhook;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.whence.control.ControlApi;
import dev.whence.control.build.BuildTest;
import dev.whence.control.build.github.GitHubTwin;
import dev.whence.control.build.tracking.BuildApi;
import dev.whence.model.BuildChanged;
import dev.whence.support.wire.EventCodec;
import dev.whence.support.wire.EventWire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What GitHub tells by itself; nobody asks it here. */
@BuildTest
@TestPropertySource(properties = "whence.builds.polling=false")
class WebhookIT {

	private static final String PATH = "/api/webhooks/github";

	@LocalServerPort
	private int port;

	@Autowired
	private GitHubTwin github;

	@Autowired
	private EventWire wire;

	@Autowired
	private JdbcClient jdbc;

	private final List<BuildChanged> told = new CopyOnWriteArrayList<>();

	private BuildApi api;

	private EventWire.Subscription subscription;

	@BeforeEach
	void begin() {
		this.github.reset();
		this.jdbc
			.sql("truncate control.build_task, control.build_event, control.build, control.github_delivery cascade")
			.update();
		this.api = new BuildApi(new ControlApi(this.port).as(ControlApi.BOOTSTRAP_KEY));
		this.subscription = this.wire.subscribe(BuildChanged.TOPIC, "test-" + UUID.randomUUID(),
				(message) -> this.told.add((BuildChanged) EventCodec.decode(message)));
	}

	@AfterEach
	void leave() {
		this.subscription.close();
	}

	@Test
	void aRunThatIsToldOfEndsItsBuildOnce() {
		long id = this.api.trigger("main");
		long run = this.github.runs().getFirst().id();
		String body = run(run, "completed", "success", "x");
		deliver("d-1", "workflow_run", body).expectStatus().isEqualTo(202);
		assertThat(this.api.build(id)).containsEntry("status", "success").containsEntry("conclusion", "success");
		for (int times = 0; times < 5; times++) {
			deliver("d-1", "workflow_run", body).expectStatus()
				.isOk()
				.expectBody()
				.jsonPath("$.status")
				.isEqualTo("known");
		}
		deliver("d-2", "workflow_run", body).expectStatus().isOk();
		deliver("d-3", "workflow_run", run(run, "in_progress", null, "late")).expectStatus().isEqualTo(202);
		assertThat(this.api.build(id).get("status")).isEqualTo("success");
		await().untilAsserted(() -> assertThat(this.told).filteredOn((event) -> event.subject().equals("build/" + id))
			.extracting(BuildChanged::state)
			.containsExactly("queued", "in_progress", "success"));
		assertThat(this.told.getLast().service()).isEqualTo("image-builder");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "sha256=", "sha1=6b5e", "sha256=zz", "none",
			"sha256=0000000000000000000000000000000000000000000000000000000000000000" })
	void withoutTheSignatureNothingIsTaken(String signature) {
		long id = this.api.trigger("main");
		String body = run(this.github.runs().getFirst().id(), "completed", "failure", "x");
		RestTestClient.RequestBodySpec request = new ControlApi(this.port).anonymous()
			.post()
			.uri(PATH)
			.contentType(MediaType.APPLICATION_JSON)
			.header("X-GitHub-Delivery", "d")
			.header("X-GitHub-Event", "workflow_run");
		if (!signature.equals("none")) {
			request.header("X-Hub-Signature-256", signature);
		}
		request.body(body).exchange().expectStatus().isUnauthorized();
		assertThat(this.api.build(id).get("status")).isEqualTo("in_progress");
		assertThat(deliveries()).isZero();
	}

	@Test
	void aBodyThatWasChangedIsNotTaken() {
		String body = run(1, "completed", "success", "x");
		deliver("d", "workflow_run", body.replace("success", "failure"), sign(body)).expectStatus().isUnauthorized();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{", "null", "[]", "payload=%7B%7D",
			"{\"repository\":{\"full_name\":\"acme/images\"},\"workflow_run\":{\"id\":\"x\"}}" })
	void whatIsNoDeliveryIsRefused(String body) {
		deliver("d", "workflow_run", body).expectStatus().isBadRequest();
		assertThat(deliveries()).isZero();
	}

	@Test
	void deepAndLargeDeliveriesAreRefused() {
		deliver("d", "push", "{\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}").expectStatus().isBadRequest();
		deliver("d", "push", "{\"x\":\"" + "x".repeat(2_100_000) + "\"}").expectStatus().isEqualTo(413);
	}

	@Test
	void aDeliveryWithoutANameIsRefused() {
		deliver("no name", "push", "{}").expectStatus().isBadRequest();
		deliver("d", "Push it", "{}").expectStatus().isBadRequest();
	}

	@Test
	void aPingIsAnswered() {
		deliver("d", "ping", "{\"zen\":\"Keep it logically awesome.\"}").expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.status")
			.isEqualTo("pong");
	}

	@Test
	void otherRepositoriesAndOtherEventsAreIgnored() {
		deliver("d-1", "push", push("main").replace("acme/images", "acme/other")).expectStatus().isEqualTo(202);
		deliver("d-2", "star", push("main")).expectStatus().isEqualTo(202);
		deliver("d-3", "push", push("feature")).expectStatus()
			.isEqualTo(202)
			.expectBody()
			.jsonPath("$.status")
			.isEqualTo("ignored");
		assertThat(outbox()).isZero();
	}

	@Test
	void commitsToTheDefaultBranchAndDeploymentsAreAnnouncedOnce() {
		deliver("d-1", "push", push("main")).expectStatus().isEqualTo(202);
		deliver("d-1", "push", push("main")).expectStatus().isOk();
		deliver("d-2", "deployment_status", """
				{"repository":{"full_name":"acme/images"},"deployment":{"id":99,"ref":"v1.2","sha":"0123456789ab",
				"environment":"production","payload":{"service":"shop"}},
				"deployment_status":{"id":1,"state":"success","updated_at":"2026-03-01T12:00:00Z"}}""").expectStatus()
			.isEqualTo(202);
		await().untilAsserted(
				() -> assertThat(this.told).filteredOn((event) -> !event.kind().equals(BuildChanged.BUILD)).hasSize(2));
		assertThat(this.told).filteredOn((event) -> event.kind().equals(BuildChanged.COMMIT))
			.singleElement()
			.satisfies((commit) -> {
				assertThat(commit.what()).isEqualTo("2 commits to main: Pay faster (0123456)");
				assertThat(commit.service()).isEqualTo("image-builder");
				assertThat(commit.link()).isEqualTo("https://github.com/acme/images/compare/a...b");
			});
		assertThat(this.told).filteredOn((event) -> event.kind().equals(BuildChanged.DEPLOYMENT))
			.singleElement()
			.satisfies((deployment) -> {
				assertThat(deployment.what()).isEqualTo("deployed v1.2 (0123456) to production");
				assertThat(deployment.service()).isEqualTo("shop");
				assertThat(deployment.occurredAt()).hasToString("2026-03-01T12:00:00Z");
			});
	}

	private RestTestClient.ResponseSpec deliver(String id, String event, String body) {
		return deliver(id, event, body, sign(body));
	}

	private RestTestClient.ResponseSpec deliver(String id, String event, String body, String signature) {
		return new ControlApi(this.port).anonymous()
			.post()
			.uri(PATH)
			.contentType(MediaType.APPLICATION_JSON)
			.header("X-GitHub-Delivery", id)
			.header("X-GitHub-Event", event)
			.header("X-Hub-Signature-256", signature)
			.body(body)
			.exchange();
	}

	private static String sign(String body) {
		return "sha256=" + HexFormat.of()
			.formatHex(new Signature(BuildTest.WEBHOOK_SECRET).of(body.getBytes(StandardCharsets.UTF_8)));
	}

	private static String run(long id, String status, String conclusion, String note) {
		return """
				{"action":"%s","note":"%s","repository":{"full_name":"acme/images"},
				"workflow_run":{"id":%d,"status":"%s","conclusion":%s,"head_branch":"main"}}""".formatted(status, note,
				id, status, (conclusion != null) ? '"' + conclusion + '"' : "null");
	}

	private static String push(String branch) {
		return """
				{"ref":"refs/heads/%s","after":"0123456789abcdef","deleted":false,
				"compare":"https://github.com/acme/images/compare/a...b",
				"repository":{"full_name":"acme/images","default_branch":"main"},
				"commits":[{"id":"a","message":"x"},{"id":"b","message":"y"}],
				"head_commit":{"id":"b","message":"Pay faster\\n\\nAnd more"}}""".formatted(branch);
	}

	private long deliveries() {
		return this.jdbc.sql("select count(*) from control.github_delivery").query(Long.class).single();
	}

	private long outbox() {
		return this.jdbc.sql("select count(*) from control.announcement").query(Long.class).single();
	}

}
