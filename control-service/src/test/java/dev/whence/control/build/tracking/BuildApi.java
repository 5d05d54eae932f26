package dev.whence.control.build.tracking;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.awaitility.Awaitility;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Builds as clients see them. */
public final class BuildApi {

	public static final String YAML = "name: test\ndescription: test\nmodules: []\n";

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final RestTestClient client;

	public BuildApi(RestTestClient client) {
		this.client = client;
	}

	public RestTestClient.ResponseSpec post(String path, Object body) {
		return this.client.post().uri(path).contentType(MediaType.APPLICATION_JSON).body(body).exchange();
	}

	public RestTestClient.ResponseSpec get(String path, Object... variables) {
		return this.client.get().uri(path, variables).exchange();
	}

	/** Triggers a build of the branch. */
	public long trigger(String branch) {
		return id(json(
				post("/api/build/trigger", Map.of("yaml_content", YAML, "ref", branch)).expectStatus().isEqualTo(202)));
	}

	public Map<String, Object> build(long id) {
		return json(get("/api/build/{id}", id).expectStatus().isOk());
	}

	public RestTestClient.ResponseSpec cancel(long id) {
		return this.client.post().uri("/api/build/{id}/cancel", id).exchange();
	}

	public Map<String, Object> awaitStatus(long id, String status) {
		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(build(id)).as("build").extracting("status").isEqualTo(status));
		return build(id);
	}

	public static EntityExchangeResult<Map<String, Object>> answer(RestTestClient.ResponseSpec response) {
		return response.returnResult(new ParameterizedTypeReference<>() {
		});
	}

	public static Map<String, Object> json(RestTestClient.ResponseSpec response) {
		return Objects.requireNonNull(answer(response).getResponseBody());
	}

	@SuppressWarnings("unchecked")
	public static List<Map<String, Object>> builds(Map<String, Object> page) {
		return (List<Map<String, Object>>) Objects.requireNonNull(page.get("builds"));
	}

	public static long id(Map<String, Object> build) {
		return ((Number) build.get("id")).longValue();
	}

	public static long run(Map<String, Object> build) {
		return ((Number) Objects.requireNonNull(build.get("workflow_run_id"))).longValue();
	}

}
