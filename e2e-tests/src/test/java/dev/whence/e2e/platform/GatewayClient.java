package dev.whence.e2e.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks HTTP and JSON with the gateway, as any client would. */
public final class GatewayClient {

	private static final JsonMapper JSON = JsonMapper.shared();

	private final HttpClient http = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(5))
		.build();

	private final String url;

	private final String key;

	GatewayClient(String url, String key) {
		this.url = url;
		this.key = key;
	}

	/** For an installation that asks for none. */
	public static GatewayClient withoutCredential(String url) {
		return new GatewayClient(url, "");
	}

	/** With the key of a project. */
	public static GatewayClient withKey(String url, String key) {
		return new GatewayClient(url, key);
	}

	/** With a key or a token as a bearer; none if it is empty. */
	public static GatewayClient withBearer(String url, String credential) {
		return new GatewayClient(url, credential.isEmpty() ? "" : "Bearer " + credential);
	}

	public String url() {
		return this.url;
	}

	/** Sends a body as JSON, written by us. */
	public Reply post(String path, Object body) {
		return post(path, "application/json", JSON.writeValueAsBytes(body));
	}

	/** Sends bytes as they are. */
	public Reply post(String path, String contentType, byte[] body) {
		return send(request(path).header("Content-Type", contentType)
			.POST(HttpRequest.BodyPublishers.ofByteArray(body))
			.build());
	}

	public Reply get(String path) {
		return send(request(path).build());
	}

	/** With query parameters, encoded here. */
	public Reply get(String path, Map<String, ?> parameters) {
		return get(parameters.entrySet()
			.stream()
			.map((parameter) -> parameter.getKey() + "="
					+ URLEncoder.encode(String.valueOf(parameter.getValue()), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&", path + "?", "")));
	}

	/** A request that still lacks its method, for what the other methods do not say. */
	public HttpRequest.Builder request(String path) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.url + path))
			.timeout(Duration.ofSeconds(30));
		if (this.key.isEmpty()) {
			return request;
		}
		return this.key.startsWith("Bearer ") ? request.header("Authorization", this.key)
				: request.header("X-Api-Key", this.key);
	}

	public Reply send(HttpRequest request) {
		try {
			HttpResponse<String> response = this.http.send(request, HttpResponse.BodyHandlers.ofString());
			return new Reply(response.statusCode(), response.body(), response.headers().map());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(request.method() + " " + request.uri(), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/** What came back. */
	public record Reply(int status, String body, Map<String, List<String>> headers) {

		public JsonNode json() {
			return JSON.readTree(this.body);
		}

	}

}
