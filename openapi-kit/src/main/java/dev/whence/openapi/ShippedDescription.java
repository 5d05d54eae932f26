package dev.whence.openapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The OpenAPI document that a service ships as a resource, {@code openapi/SERVICE.json}:
 * making it takes longer than a start, so it is made once, here, and not by each process.
 * The test of each service compares the two.
 *
 * @param service the service's {@code spring.application.name}
 */
public record ShippedDescription(String service) {

	/** Where springdoc answers unless told otherwise. */
	static final String PATH = "/v3/api-docs";

	private static final ObjectWriter WRITER = JsonMapper.shared()
		.writer()
		.with(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter(" ", "\n"))
			.withArrayIndenter(new DefaultIndenter(" ", "\n")));

	/**
	 * Fails unless the controllers of the running service say what the document says. The
	 * document as it should be is then in {@code target/openapi}, and the failure says
	 * where it belongs.
	 * @param port of the service under test
	 * @param key a key that may do everything; any text where none is asked for
	 */
	public void isWhatControllersSay(int port, String key) {
		JsonNode told = sorted(RestClient.create("http://127.0.0.1:" + port)
			.get()
			.uri(PATH)
			.header("X-Api-Key", key)
			.retrieve()
			.requiredBody(JsonNode.class));
		// Where the service under test was asked.
		((ObjectNode) told).remove("servers");
		Path shipped = Path.of("src/main/resources/openapi", this.service + ".json");
		JsonNode known = Files.exists(shipped) ? JsonMapper.shared().readTree(shipped)
				: JsonMapper.shared().createObjectNode();
		if (known.equals(told)) {
			return;
		}
		Path made = Path.of("target/openapi", this.service + ".json");
		try {
			Files.createDirectories(made.getParent());
			Files.writeString(made, WRITER.writeValueAsString(told) + "\n");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		assertThat(differences("", told, known))
			.as("The API has changed, its description has not. If the change is meant, copy %s to %s.", made, shipped)
			.isEmpty();
	}

	/** Where two documents differ, as JSON pointers. */
	static List<String> differences(String pointer, JsonNode one, JsonNode other) {
		if (one.equals(other)) {
			return List.of();
		}
		if (!one.isObject() || !other.isObject()) {
			return List.of(pointer.isEmpty() ? "/" : pointer);
		}
		TreeSet<String> names = new TreeSet<>(one.propertyNames());
		names.addAll(other.propertyNames());
		return names.stream()
			.flatMap((name) -> differences(pointer + "/" + name.replace("~", "~0").replace("/", "~1"), one.path(name),
					other.path(name))
				.stream())
			.toList();
	}

	/** The same document in an order that no start changes. */
	static JsonNode sorted(JsonNode node) {
		return switch (node) {
			case ObjectNode object -> {
				TreeMap<String, JsonNode> members = new TreeMap<>();
				object.forEachEntry((name, value) -> members.put(name,
						"tags".equals(name) ? byName(sorted(value)) : sorted(value)));
				yield JsonMapper.shared().createObjectNode().setAll(members);
			}
			case ArrayNode array -> {
				ArrayNode items = JsonMapper.shared().createArrayNode();
				array.forEach((item) -> items.add(sorted(item)));
				yield items;
			}
			default -> node;
		};
	}

	private static JsonNode byName(JsonNode tags) {
		if (!tags.isArray()) {
			return tags;
		}
		List<JsonNode> items = new ArrayList<>();
		tags.forEach(items::add);
		// Of operations they are texts, of the document objects.
		items.sort(Comparator.comparing((tag) -> tag.path("name").asString(tag.asString(""))));
		return JsonMapper.shared().createArrayNode().addAll(items);
	}

}
