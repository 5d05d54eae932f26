package dev.whence.control.image.validation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.whence.control.image.vocabulary.ImageType;
import dev.whence.control.image.vocabulary.Keys;
import dev.whence.control.image.vocabulary.ModuleKind;

/**
 * The form of a definition as a JSON Schema of the draft 2020-12, for editors. Made of
 * the same words that the validator knows; stricter than it in that unknown keys are
 * told, not refused.
 */
public final class DefinitionSchema {

	/** Where it is served. */
	public static final String PATH = "/api/config/schema";

	private static final Map<String, Object> TEXT = Map.of("type", "string");

	private static final Map<String, Object> TEXTS = Map.of("type", "array", "items", TEXT);

	private static final Map<String, Object> SWITCH = Map.of("type", "boolean");

	private DefinitionSchema() {
	}

	/** The schema as nested maps and lists. */
	public static Map<String, Object> asMap() {
		Map<String, Object> schema = new LinkedHashMap<>();
		schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
		schema.put("$id", "urn:whence:schema:image-definition");
		schema.put("title", "Image definition");
		schema.put("type", "object");
		schema.put("required", Keys.REQUIRED);
		Map<String, Object> properties = new LinkedHashMap<>();
		Keys.TOP.forEach((key) -> properties.put(key, top(key)));
		Keys.IGNORED_TOP.forEach((key, reason) -> properties.put(key, ignored(reason)));
		schema.put("properties", properties);
		schema.put("$defs", Map.of("condition", condition(), "module", module()));
		return schema;
	}

	private static Object top(String key) {
		return switch (key) {
			case "name", "description" -> Map.of("type", List.of("string", "number", "boolean", "null"));
			case "modules" -> Map.of("type", "array", "items", Map.of("$ref", "#/$defs/module"));
			case "image-type" -> Map.of("enum",
					Stream.of(ImageType.values()).filter(ImageType::isBuildable).map(ImageType::wireName).toList());
			case "labels" -> Map.of("type", List.of("object", "null"));
			case "build" -> object(Keys.BUILD, Keys.IGNORED_BUILD, SWITCH);
			case "desktop" -> object(Keys.DESKTOP, Keys.IGNORED_DESKTOP, TEXT);
			default -> Map.of("type", List.of("string", "null"));
		};
	}

	private static Map<String, Object> object(List<String> keys, Map<String, String> ignored, Object type) {
		Map<String, Object> properties = new LinkedHashMap<>();
		keys.forEach((key) -> properties.put(key, type));
		ignored.forEach((key, reason) -> properties.put(key, ignored(reason)));
		return Map.of("type", "object", "properties", properties);
	}

	private static Map<String, Object> ignored(String reason) {
		return Map.of("deprecated", true, "description", "Ignored: " + reason);
	}

	private static Map<String, Object> condition() {
		return Map.of("type", "string", "description", "Comparisons with == of %s, joined by && or ||; && is read first"
			.formatted(String.join(", ", Keys.CONDITION_OPERANDS)));
	}

	private static Map<String, Object> module() {
		Map<String, Object> module = new LinkedHashMap<>();
		module.put("type", "object");
		module.put("required", List.of("type"));
		Map<String, Object> condition = Map.of("$ref", "#/$defs/condition");
		module.put("properties",
				Map.of("condition", condition, "type", Map.of("anyOf",
						List.of(Map.of("enum", Stream.of(ModuleKind.values()).map(ModuleKind::wireName).toList()),
								Map.of("type", "string", "description", "Rendered as a comment alone")))));
		List<Object> kinds = new ArrayList<>();
		for (ModuleKind kind : ModuleKind.values()) {
			Map<String, Object> properties = new LinkedHashMap<>();
			kind.keys().forEach((key) -> properties.put(key, of(kind, key)));
			kind.ignored().forEach((key, reason) -> properties.put(key, ignored(reason)));
			kinds.add(Map.of("if", Map.of("properties", Map.of("type", Map.of("const", kind.wireName()))), "then",
					Map.of("properties", properties)));
		}
		module.put("allOf", kinds);
		return module;
	}

	private static Object of(ModuleKind kind, String key) {
		return switch (kind) {
			case FILES -> Map.of("type", "array", "items",
					Map.of("type", "object", "properties",
							Map.of("src", TEXT, "dst", TEXT, "mode",
									Map.of("type", List.of("string", "integer"), "default", "0644")),
							"required", List.of("src", "dst")));
			case RPM_OSTREE -> key.equals("install-conditional") ? Map.of("type", "array", "items",
					Map.of("type", "object", "properties",
							Map.of("condition", Map.of("$ref", "#/$defs/condition"), "packages", TEXTS), "required",
							List.of("condition", "packages")))
					: TEXTS;
			case SCRIPT -> TEXTS;
			case SYSTEMD ->
				key.equals("system") ? Map.of("type", "object", "properties", Map.of("enabled", TEXTS)) : TEXT;
			case PACKAGE_LOADER -> key.equals("include_common") ? SWITCH : TEXT;
			case SDDM_THEMES -> TEXT;
		};
	}

}
