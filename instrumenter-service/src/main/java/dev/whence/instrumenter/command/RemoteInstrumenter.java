package dev.whence.instrumenter.command;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.whence.instrumenter.language.Language;
import dev.whence.instrumenter.manifest.Finding;
import dev.whence.instrumenter.manifest.InstrumentOptions;
import dev.whence.instrumenter.manifest.InstrumentResult;
import dev.whence.instrumenter.manifest.ManifestRefusedException;
import dev.whence.instrumenter.manifest.ManifestRefusedException.Reason;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The engine of a running server, asked over HTTP. */
final class RemoteInstrumenter {

	private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

	private final JsonMapper json = new JsonMapper();

	private final String server;

	RemoteInstrumenter(String server) {
		this.server = server.replaceAll("/+$", "");
	}

	/**
	 * Sends one manifest.
	 * @throws ManifestRefusedException if the server refuses it
	 * @throws IOException if the server cannot be asked
	 */
	InstrumentResult instrument(String text, InstrumentOptions options) throws IOException {
		HttpRequest request = HttpRequest.newBuilder(address(options))
			.timeout(Duration.ofSeconds(60))
			.header("Content-Type", "application/yaml")
			.header("Accept", "application/json")
			.POST(BodyPublishers.ofString(text))
			.build();
		try {
			HttpResponse<String> response = this.client.send(request, BodyHandlers.ofString());
			JsonNode body = this.json.readTree(response.body());
			if (response.statusCode() == 200) {
				return result(body);
			}
			throw new ManifestRefusedException(Reason.SYNTAX,
					"the server answered %d: %s".formatted(response.statusCode(), body.path("detail").asString("")), 0,
					0);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted", ex);
		}
	}

	private InstrumentResult result(JsonNode body) {
		List<Finding> findings = new ArrayList<>();
		for (JsonNode finding : body.path("findings")) {
			findings.add(this.json.treeToValue(finding, Finding.class));
		}
		return new InstrumentResult(body.get("modified_manifest_content").asString(),
				body.get("changes_made").asBoolean(), 0, List.of(), findings, body.path("diff").asString(""));
	}

	private URI address(InstrumentOptions options) {
		StringBuilder query = new StringBuilder("?mode=").append(options.mode().id())
			.append("&min_confidence=")
			.append(options.minConfidence().id())
			.append("&instrumentation=")
			.append(URLEncoder.encode(options.instrumentation(), StandardCharsets.UTF_8))
			.append("&endpoint=")
			.append(URLEncoder.encode(options.endpoint(), StandardCharsets.UTF_8));
		Language language = options.detector().fallback();
		if (language != null) {
			query.append("&language=").append(language.id());
		}
		return URI.create(this.server + "/workflow/instrument" + query);
	}

}
