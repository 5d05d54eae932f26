package dev.whence.control.status;

import dev.whence.control.ControlApi;
import dev.whence.control.ControlTest;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

@ControlTest
class StatusIT {

	@LocalServerPort
	private int port;

	@Test
	void healthAndPingAnswerWithoutAKeyAsTheOriginalDid() {
		ControlApi api = new ControlApi(this.port);
		api.anonymous()
			.get()
			.uri("/api/health")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.status")
			.isEqualTo("healthy")
			.jsonPath("$.database")
			.isEqualTo("healthy")
			.jsonPath("$.timestamp")
			.value((timestamp) -> assertThat((String) timestamp).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:[\\d.]+"));
		api.anonymous()
			.get()
			.uri("/api/ping")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.ping")
			.isEqualTo("pong");
	}

	@Test
	void probesMetricsAndDescriptionAreOpen() {
		ControlApi api = new ControlApi(this.port);
		for (String path : new String[] { "/health", "/readiness", "/metrics", "/openapi.json" }) {
			api.anonymous().get().uri(path).exchange().expectStatus().isOk();
		}
	}

	@Test
	void descriptionDoesNotAskForTheCredentialAsAParameter() {
		new ControlApi(this.port).anonymous()
			.get()
			.uri("/openapi.json")
			.exchange()
			.expectBody()
			.jsonPath("$.paths['/api/projects'].get.parameters")
			.doesNotExist()
			.jsonPath("$.components.securitySchemes.apiKey.name")
			.isEqualTo("X-Api-Key");
	}

}
