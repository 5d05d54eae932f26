package dev.whence.e2e.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One line of {@code bad_inputs.jsonl}.
 *
 * @param method of HTTP, or RAW for bytes on a socket, or PRODUCE for a Kafka record
 * @param auth whose credential: ingest, user, other_tenant, none, or custom, which stands
 * in the headers
 * @param gen how to make what is sent, where it is not written down; a missing node
 * otherwise
 * @param statuses that the list proposes; 0 means that the connection ends without HTTP
 * @param properties that must hold afterwards
 */
record HostileCase(String id, String group, String title, String method, String path, String auth,
		Map<String, String> headers, byte[] body, JsonNode gen, Set<Integer> statuses, Set<String> properties) {

	private static final JsonMapper JSON = JsonMapper.shared();

	static List<HostileCase> readAll(Path file) {
		try {
			return Files.readAllLines(file).stream().map(JSON::readTree).map(HostileCase::of).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static HostileCase of(JsonNode line) {
		Map<String, String> headers = new LinkedHashMap<>();
		line.get("headers")
			.properties()
			.forEach((header) -> headers.put(header.getKey(), header.getValue().asString()));
		Set<Integer> statuses = new LinkedHashSet<>();
		line.get("expect").get("status").forEach((status) -> statuses.add(status.asInt()));
		Set<String> properties = new LinkedHashSet<>();
		line.get("property").forEach((property) -> properties.add(property.asString()));
		return new HostileCase(line.get("id").asString(), line.get("group").asString(), line.get("title").asString(),
				line.get("method").asString(), line.get("path").asString(), line.get("auth").asString(), headers,
				body(line), line.path("gen"), statuses, properties);
	}

	private static byte[] body(JsonNode line) {
		if (line.has("body_b64")) {
			return Base64.getDecoder().decode(line.get("body_b64").asString());
		}
		return line.path("body").asString("").getBytes(StandardCharsets.UTF_8);
	}

	/** What makes the request; empty where it is written down. */
	String kind() {
		return this.gen.path("kind").asString("");
	}

	boolean demands(String property) {
		return this.properties.contains(property);
	}

	@Override
	public String toString() {
		return this.id + " " + this.title;
	}

}
