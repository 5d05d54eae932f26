package dev.whence.control.project;

import java.util.Map;

import dev.whence.control.ControlApi;
import dev.whence.control.ControlTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalServerPort;

import static dev.whence.control.ControlApi.BOOTSTRAP_KEY;
import static org.assertj.core.api.Assertions.assertThat;

@ControlTest
class ProjectApiIT {

	@LocalServerPort
	private int port;

	private ControlApi api;

	@BeforeEach
	void connect() {
		this.api = new ControlApi(this.port);
	}

	@Test
	void newInstallationHasTheDefaultProject() {
		this.api.as(BOOTSTRAP_KEY)
			.get()
			.uri("/api/projects/1")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.id")
			.isEqualTo(1)
			.jsonPath("$.name")
			.isEqualTo("default")
			.jsonPath("$.created_at")
			.isNotEmpty();
	}

	@Test
	void projectsAreCreatedAndRenamed() {
		int id = this.api.createProject("shop");
		assertThat(id).isGreaterThan(1);
		this.api.as(BOOTSTRAP_KEY)
			.patch()
			.uri("/api/projects/{id}", id)
			.body(Map.of("name", "web shop"))
			.exchange()
			.expectStatus()
			.isOk();
		this.api.as(BOOTSTRAP_KEY)
			.get()
			.uri("/api/projects/{id}", id)
			.exchange()
			.expectBody()
			.jsonPath("$.name")
			.isEqualTo("web shop");
	}

	@Test
	void secondProjectOfTheSameNameIsAConflict() {
		this.api.createProject("twice");
		this.api.as(BOOTSTRAP_KEY)
			.post()
			.uri("/api/projects")
			.body(Map.of("name", "Twice"))
			.exchange()
			.expectStatus()
			.isEqualTo(409)
			.expectBody()
			.jsonPath("$.code")
			.isEqualTo("conflict")
			.jsonPath("$.errors[0].pointer")
			.isEqualTo("/name");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "   ", "line\nbreak" })
	void nameThatIsNoneIsRefusedByField(String name) {
		this.api.as(BOOTSTRAP_KEY)
			.post()
			.uri("/api/projects")
			.body(Map.of("name", name))
			.exchange()
			.expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.errors[0].pointer")
			.isEqualTo("/name");
	}

	@Test
	void administratorOfAnotherProjectSeesThatProjectAlone() {
		int own = this.api.createProject("own");
		int other = this.api.createProject("other");
		String key = (String) this.api.createKey(own, "admin").get("key");
		this.api.as(key)
			.get()
			.uri("/api/projects")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.length()")
			.isEqualTo(1)
			.jsonPath("$[0].id")
			.isEqualTo(own);
		for (int hidden : new int[] { other, 1, 0, -1, 999_999 }) {
			this.api.as(key).get().uri("/api/projects/{id}", hidden).exchange().expectStatus().isNotFound();
		}
		this.api.as(key)
			.post()
			.uri("/api/projects")
			.body(Map.of("name", "third"))
			.exchange()
			.expectStatus()
			.isForbidden();
	}

}
