package dev.whence.control.build.tracking;

import java.util.Map;

import dev.whence.control.ControlApi;
import dev.whence.control.ControlTest;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** An installation that was never told of a GitHub. */
@ControlTest
class NoTokenIT {

	@LocalServerPort
	private int port;

	@Test
	void aBuildIsStoredAndSaysSoAndWaitsUntilItIsCancelled() {
		BuildApi api = new BuildApi(new ControlApi(this.port).as(ControlApi.BOOTSTRAP_KEY));
		Map<String, Object> refusal = BuildApi
			.json(api.post("/api/build/trigger", Map.of("yaml_content", BuildApi.YAML)).expectStatus().isEqualTo(503));
		assertThat(refusal.get("error")).asString().contains("GITHUB_TOKEN");
		Map<String, Object> build = BuildApi.builds(BuildApi.json(api.get("/api/build/"))).getFirst();
		assertThat(build).containsEntry("status", "queued").containsEntry("workflow_run_id", null);
		long id = BuildApi.id(build);
		assertThat(BuildApi.json(api.get("/api/build/{id}/status", id).expectStatus().isOk()))
			.containsEntry("workflow_status", null);
		api.cancel(id).expectStatus().isOk().expectBody().jsonPath("$.status").isEqualTo("cancelled");
	}

	@Test
	void aDeliveryIsRefusedWhereNoSecretIsShared() {
		new ControlApi(this.port).anonymous()
			.post()
			.uri("/api/webhooks/github")
			.header("X-GitHub-Delivery", "d")
			.header("X-GitHub-Event", "ping")
			.header("X-Hub-Signature-256", "sha256=" + "0".repeat(64))
			.body("{}")
			.exchange()
			.expectStatus()
			.isUnauthorized();
	}

}
