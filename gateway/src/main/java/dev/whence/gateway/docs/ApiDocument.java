package dev.whence.gateway.docs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Merges the OpenAPI documents of the services into one. Where two services mean
 * different things by one component name, the later one is renamed together with all
 * references to it.
 */
final class ApiDocument {

	/**
	 * What every service serves for its operators, and nobody calls through the gateway.
	 */
	private static final Set<String> INTERNAL = Set.of("/health", "/readiness", "/metrics", "/openapi.json");

	private static final String COMPONENTS = "#/components/";

	private final ObjectNode paths = JsonMapper.shared().createObjectNode();

	private final ObjectNode components = JsonMapper.shared().createObjectNode();

	private final Map<String, JsonNode> tags = new LinkedHashMap<>();

	private final Set<String> missing = new TreeSet<>();

	/** Adds what a service says about itself. */
	ApiDocument with(String service, JsonNode api) {
		Map<String, String> renamed = conflicts(service, api.path("components"));
		api.path("components").forEachEntry((section, entries) -> {
			ObjectNode merged = this.components.withObject("/" + escaped(section));
			entries.forEachEntry((name, entry) -> {
				String reference = COMPONENTS + section + "/" + name;
				String unique = renamed.getOrDefault(reference, reference);
				merged.set(unique.substring(unique.lastIndexOf('/') + 1), rewritten(entry, renamed));
			});
		});
		api.path("paths").forEachEntry((path, item) -> {
			if (!INTERNAL.contains(path)) {
				// One path may be read at one service and written at another.
				ObjectNode merged = this.paths.withObject("/" + escaped(path));
				tagged(rewritten(item, renamed), service).forEachEntry((method, operation) -> {
					if (!merged.has(method)) {
						merged.set(method, operation);
					}
				});
			}
		});
		api.path("tags").forEach((tag) -> this.tags.putIfAbsent(tag.path("name").asString(), tag));
		this.tags.putIfAbsent(service, JsonMapper.shared().createObjectNode().put("name", service));
		return this;
	}

	/** Names a service that does not answer. */
	ApiDocument without(String service) {
		this.missing.add(service);
		return this;
	}

	boolean isComplete() {
		return this.missing.isEmpty();
	}

	ObjectNode toJson(String version) {
		ObjectNode document = JsonMapper.shared().createObjectNode();
		document.put("openapi", "3.1.0");
		document.putObject("info").put("title", "Whence").put("version", version).put("description", description());
		document.putArray("servers").addObject().put("url", "/");
		document.set("tags", JsonMapper.shared().createArrayNode().addAll(usedTags()));
		document.set("paths", this.paths);
		ObjectNode schemes = this.components.withObject("/securitySchemes");
		schemes.putObject("apiKey").put("type", "apiKey").put("in", "header").put("name", "X-Api-Key");
		schemes.putObject("bearer").put("type", "http").put("scheme", "bearer").put("bearerFormat", "JWT");
		document.set("components", this.components);
		ArrayNode security = document.putArray("security");
		security.addObject().putArray("apiKey");
		security.addObject().putArray("bearer");
		return document;
	}

	private String description() {
		String text = "Send telemetry, get the cause. One address for all services; failures are RFC 9457 problems "
				+ "with a `code`, on `/v1/*` they are `google.rpc.Status`.";
		return this.missing.isEmpty() ? text : text + "\n\n**Not answering now, and so not described here:** "
				+ String.join(", ", this.missing) + ".";
	}

	private List<JsonNode> usedTags() {
		Set<String> used = new TreeSet<>();
		this.paths.forEach((item) -> item
			.forEach((operation) -> operation.path("tags").forEach((tag) -> used.add(tag.asString()))));
		return this.tags.entrySet()
			.stream()
			.filter((tag) -> used.contains(tag.getKey()))
			.map(Map.Entry::getValue)
			.toList();
	}

	private Map<String, String> conflicts(String service, JsonNode incoming) {
		Map<String, String> renamed = new LinkedHashMap<>();
		incoming.forEachEntry((section, entries) -> entries.forEachEntry((name, entry) -> {
			JsonNode known = this.components.path(section).path(name);
			if (!known.isMissingNode() && !known.equals(entry)) {
				renamed.put(COMPONENTS + section + "/" + name, COMPONENTS + section + "/" + service + "." + name);
			}
		}));
		return renamed;
	}

	private static JsonNode rewritten(JsonNode node, Map<String, String> renamed) {
		if (renamed.isEmpty()) {
			return node;
		}
		return switch (node) {
			case ObjectNode object -> {
				ObjectNode copy = JsonMapper.shared().createObjectNode();
				object.forEachEntry((name, value) -> copy.set(name,
						("$ref".equals(name) && value.isString())
								? StringNode.valueOf(renamed.getOrDefault(value.asString(), value.asString()))
								: rewritten(value, renamed)));
				yield copy;
			}
			case ArrayNode array -> {
				ArrayNode copy = JsonMapper.shared().createArrayNode();
				array.forEach((value) -> copy.add(rewritten(value, renamed)));
				yield copy;
			}
			default -> node;
		};
	}

	private static JsonNode tagged(JsonNode item, String service) {
		item.forEach((operation) -> {
			if (operation instanceof ObjectNode object && object.has("responses") && object.path("tags").isEmpty()) {
				object.putArray("tags").add(service);
			}
		});
		return item;
	}

	private static String escaped(String name) {
		return name.replace("~", "~0").replace("/", "~1");
	}

}
