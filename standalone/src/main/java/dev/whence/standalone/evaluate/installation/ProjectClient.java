package dev.whence.standalone.evaluate.installation;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

import dev.whence.standalone.StartException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Talks to one project as any client does. Repeats what was refused for overload, for as
 * long as {@value #PATIENCE_SECONDS} seconds, as senders do. Safe for use by several
 * threads.
 */
public final class ProjectClient {

	private static final int PATIENCE_SECONDS = 60;

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final Duration PAUSE = Duration.ofMillis(200);

	private final HttpClient http = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(TIMEOUT)
		.build();

	private final JsonMapper json = JsonMapper.shared();

	private final String url;

	private final String key;

	ProjectClient(String url, String key) {
		this.url = url;
		this.key = key;
	}

	String url() {
		return this.url;
	}

	/** What a path holds. */
	public JsonNode get(String path) {
		HttpResponse<String> response = exchange(request(path).GET().build());
		return accepted(path, response);
	}

	/** What a path holds; empty when there is nothing, or nothing yet. */
	public Optional<JsonNode> find(String path) {
		HttpResponse<String> response = exchange(request(path).GET().build());
		return (response.statusCode() == 404) ? Optional.empty() : Optional.of(accepted(path, response));
	}

	/** Sends something as JSON. */
	public JsonNode post(String path, Object body) {
		return post(path, "application/json", this.json.writeValueAsBytes(body));
	}

	/** Sends bytes of some type; an empty answer is a missing node. */
	public JsonNode post(String path, String type, byte[] body) {
		HttpResponse<String> response = exchange(
				request(path).header("Content-Type", type).POST(BodyPublishers.ofByteArray(body)).build());
		return accepted(path, response);
	}

	private JsonNode accepted(String path, HttpResponse<String> response) {
		if (response.statusCode() / 100 != 2) {
			throw new Refused(path, response.statusCode(), response.body());
		}
		return response.body().isBlank() ? this.json.missingNode() : this.json.readTree(response.body());
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create(this.url + path)).timeout(TIMEOUT).header("X-Api-Key", this.key);
	}

	private HttpResponse<String> exchange(HttpRequest request) {
		long deadline = System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos();
		while (true) {
			HttpResponse<String> response = send(request);
			if (!isOverload(response.statusCode()) || System.nanoTime() > deadline) {
				return response;
			}
			LockSupport.parkNanos(PAUSE.toNanos());
		}
	}

	private HttpResponse<String> send(HttpRequest request) {
		try {
			return this.http.send(request, BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new StartException("The evaluation's standalone does not answer: " + ex + ".", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new StartException("The evaluation was interrupted.", ex);
		}
	}

	private static boolean isOverload(int status) {
		return status == 429 || status == 502 || status == 503 || status == 504;
	}

	/** A request that was understood and not granted. */
	public static final class Refused extends StartException {

		private final int status;

		Refused(String path, int status, String body) {
			super(path + " answered " + status + ": " + body, null);
			this.status = status;
		}

		public int status() {
			return this.status;
		}

	}

}
