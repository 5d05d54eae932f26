package dev.whence.control;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

import static org.assertj.core.api.Assertions.assertThat;

/** The service as its clients see it. */
public final class ControlApi {

	public static final String BOOTSTRAP_KEY = "bootstrap-key-of-at-least-32-characters";

	/** 32 bytes in Base64. */
	public static final String SECRET_KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

	/** Of every account that tests make. */
	public static final String PASSWORD = "a fine passphrase";

	private static final AtomicInteger keys = new AtomicInteger();

	private final RestTestClient client;

	public ControlApi(int port) {
		// The JDK's client repeats nothing by itself, least of all after Retry-After.
		this.client = RestTestClient.bindToServer(new JdkClientHttpRequestFactory())
			.baseUrl("http://localhost:" + port)
			.build();
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
			.body(Map.of("name", "test " + keys.incrementAndGet(), "scopes", List.of(scopes)))
			.exchange()
			.expectStatus()
			.isCreated()
			.returnResult(Map.class)
			.getResponseBody();
		assertThat(created).isNotNull();
		return created;
	}

	/** Registers an account, by an invitation to the project. */
	public String invite(int project, String role, String email) {
		Map<?, ?> invitation = body(as(BOOTSTRAP_KEY).post()
			.uri("/api/projects/{id}/invitations", project)
			.body(Map.of("role", role))
			.exchange()
			.expectStatus()
			.isCreated());
		Map<?, ?> account = body(anonymous().post()
			.uri("/api/auth/register")
			.body(Map.of("email", email, "password", PASSWORD, "invitation", invitation.get("token")))
			.exchange()
			.expectStatus()
			.isCreated());
		return (String) account.get("id");
	}

	/** The tokens of a new session. */
	public Map<String, Object> signIn(String email) {
		return body(tryToSignIn(email, PASSWORD).expectStatus().isOk());
	}

	public RestTestClient.ResponseSpec tryToSignIn(String email, String password) {
		MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
		form.add("username", email);
		form.add("password", password);
		return anonymous().post()
			.uri("/api/auth/jwt/login")
			.contentType(MediaType.APPLICATION_FORM_URLENCODED)
			.body(form)
			.exchange();
	}

	/** A client with the access token of a new session. */
	public RestTestClient signedIn(String email) {
		return as((String) signIn(email).get("access_token"));
	}

	public RestTestClient.ResponseSpec tryToRefresh(Object refreshToken) {
		return anonymous().post().uri("/api/auth/jwt/refresh").body(Map.of("refresh_token", refreshToken)).exchange();
	}

	/** The JSON object of an answer. */
	public static Map<String, Object> body(RestTestClient.ResponseSpec answer) {
		Map<String, Object> body = answer.returnResult(new ParameterizedTypeReference<Map<String, Object>>() {
		}).getResponseBody();
		assertThat(body).isNotNull();
		return body;
	}

}
