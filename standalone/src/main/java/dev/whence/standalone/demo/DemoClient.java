package dev.whence.standalone.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.google.protobuf.Message;
import dev.whence.standalone.StartException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Talks to a running Whence as any client does. */
final class DemoClient {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

	private final JsonMapper json = JsonMapper.shared();

	private final String url;

	private final String apiKey;

	DemoClient(String url) {
		this(url, System.getenv().getOrDefault("WHENCE_API_KEY", ""));
	}

	/**
	 * Talks to an installation that asks for a credential.
	 * @param apiKey empty for none
	 */
	DemoClient(String url, String apiKey) {
		this.url = url;
		this.apiKey = apiKey;
	}

	/**
	 * Sends what was collected.
	 * @param measuredAt when its requests were counted
	 */
	void send(Telemetry telemetry, Instant measuredAt) {
		post("/v1/traces", telemetry.traces());
		post("/v1/logs", telemetry.logs());
		post("/v1/metrics", telemetry.metrics(measuredAt));
	}

	/** Sends spans. */
	void send(Message traces) {
		post("/v1/traces", traces);
	}

	JsonNode get(String path) {
		HttpResponse<String> response = exchange(request(path).GET().build());
		if (response.statusCode() != 200) {
			throw new StartException("GET " + path + " answered " + response.statusCode() + ".", null);
		}
		return this.json.readTree(response.body());
	}

	/** Reports alerts as an Alertmanager does. */
	void alert(List<Map<String, Object>> alerts) {
		post("/api/v2/alerts", "application/json", this.json.writeValueAsBytes(alerts));
	}

	private void post(String path, Message message) {
		post(path, "application/x-protobuf", message.toByteArray());
	}

	private void post(String path, String type, byte[] body) {
		HttpResponse<String> response = exchange(
				request(path).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofByteArray(body)).build());
		if (response.statusCode() != 200) {
			throw new StartException("POST " + path + " answered " + response.statusCode() + ".", null);
		}
	}

	private HttpRequest.Builder request(String path) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.url + path)).timeout(TIMEOUT);
		return this.apiKey.isEmpty() ? request : request.header("X-Api-Key", this.apiKey);
	}

	private HttpResponse<String> exchange(HttpRequest request) {
		try {
			return this.http.send(request, BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new StartException("Whence does not answer at " + this.url + "; is it up?", ex);
		}
		catch (InterruptedException ex) {
			throw new StartException("The demo was interrupted.", ex);
		}
	}

}
