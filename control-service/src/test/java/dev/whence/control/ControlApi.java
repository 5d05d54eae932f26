package dev.whence.control;

import java.util.List;
import java.util.Map;

import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/** The service as its clients see it. */
public final class ControlApi {

	public static final String BOOTSTRAP_KEY = "bootstrap-key-of-at-least-32-characters";

	private final RestTestClient client;

	public ControlApi(int port) {
		this.client = RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
	}

	/** A client that sends this key. */
	public RestTestClient as(String key) {
		return this.client.mutate().defaultHeader("Authorization", "Bearer " + key).build();
	}

	public RestTestClient anonymous() {
		return this.client;
	}

	public int createProject(String name) {
		Map<?, ?> created = as(BOOTSTRAP_KEY).post()
			.uri("/api/projects")
			.body(Map.of("name", name))
			.exchange()
			.expectStatus()
			.isCreated()
			.returnResult(Map.class)
			.getResponseBody();
		assertThat(created).isNotNull();
		return (int) created.get("id");
	}

	public Map<?, ?> createKey(int project, String... scopes) {
		Map<?, ?> created = as(BOOTSTRAP_KEY).post()
			.uri("/api/projects/{id}/keys", project)
			.body(Map.of("name", "test", "scopes", List.of(scopes)))
			.exchange()
			.expectStatus()
			.isCreated()
			.returnResult(Map.class)
			.getResponseBody();
		assertThat(created).isNotNull();
		return created;
	}

}
